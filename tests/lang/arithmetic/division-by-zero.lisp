(println (/ 1.5 0) (/ -1.5 0) (/ 0.0 0)) ; expect: +inf.0 -inf.0 +nan.0
(println (/ 1 0.0) (/ 1 -0.0)) ; expect: +inf.0 -inf.0
(/ 5 0) ; expect error: division by zero
