(println (max 1 0.5) (min 1 0.5) (max 1/2 0.25) (min -1/2 -100000000000000000000 3.0)) ; expect: 1 0.5 1/2 -100000000000000000000
(println (max 7) (min 7.5) (max 3 1 2) (min 3 1 2) (max 1/3 0.3333) (min 1e20 100000000000000000001)) ; expect: 7 7.5 3 1 1/3 1e20
(println (max 1 1.0) (max 1.0 1) (min 1 1.0) (min 1.0 1) (max 0.0 -0.0)) ; expect: 1 1.0 1 1.0 0.0
(println (max 1 +nan.0) (max +nan.0 1) (min 1 +nan.0 -inf.0) (min +nan.0) (max +inf.0 100000000000000000000)) ; expect: +nan.0 +nan.0 +nan.0 +nan.0 +inf.0
(println (max 9007199254740993 9007199254740992.0) (max 9007199254740992.0 9007199254740993)) ; expect: 9007199254740993 9007199254740993
(println (apply max (range 100000)) (apply min (range 5 100000))) ; expect: 99999 5
