(println (sqrt 0) (sqrt 1) (sqrt 16) (sqrt 9223372030926249001) (sqrt 9223372036854775807) (sqrt 2)) ; expect: 0 1 4 3037000499 3037000499.97605 1.4142135623730951
(println (sqrt 1/4) (sqrt 8/18) (sqrt 1/2) (sqrt 4/3)) ; expect: 1/2 2/3 0.7071067811865476 1.1547005383792515
(println (sqrt 4.0) (sqrt 2.25) (sqrt -0.0) (sqrt +inf.0) (sqrt +nan.0)) ; expect: 2.0 1.5 -0.0 +inf.0 +nan.0
(println (sqrt -1) (sqrt -4.0) (sqrt -1/4) (sqrt -100000000000000000000) (sqrt -9223372036854775808)) ; expect: +nan.0 +nan.0 +nan.0 +nan.0 +nan.0
(println (sqrt 100000000000000000000) (sqrt 200000000000000000000) (= (sqrt (expt 10 1000)) (expt 10 500))) ; expect: 10000000000 14142135623.730951 t
(println (sqrt (* 2 (expt 10 400))) (sqrt (+ (expt 10 1000) 1)) (sqrt (/ 2 (expt 10 400))) (= (sqrt (expt 10 -800)) (expt 10 -400))) ; expect: 1.414213562373095e200 +inf.0 1.414213562373095e-200 t
