(println (+ 1/3 1/3 1/3)) ; expect: 1
(println (+ 0.1 0.2 0.3) (+ 0.3 0.2 0.1)) ; expect: 0.6000000000000001 0.6
(println (- 10 1 2 3) (/ 100 5 2)) ; expect: 4 10
