(println (* 1e308 10) (- 1e400 1e400) (+ 1e400 1)) ; expect: +inf.0 +nan.0 +inf.0
