(println (numerator 6/4) (denominator 6/4) (numerator -1/3) (denominator -1/3)) ; expect: 3 2 -1 3
(println (numerator 5) (denominator 5) (numerator 100000000000000000000) (denominator 100000000000000000000)) ; expect: 5 1 100000000000000000000 1
(println (numerator 1/100000000000000000000) (denominator 1/100000000000000000000)) ; expect: 1 100000000000000000000
(println (let ((x 2/3)) (list (numerator x) (denominator x) x))) ; expect: (2 3 2/3)
