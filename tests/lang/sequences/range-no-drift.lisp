; Element i is start + i*step: errors of rounding do not add up, and the count is that of those elements.
(define xs (range 0 1 0.1))
(println (length xs) (nth xs 3) (nth xs 9)) ; expect: 10 0.30000000000000004 0.9
(println (length (range 0.0 100000 0.1)) (nth (range 0.0 100000 0.1) 999999)) ; expect: 1000000 99999.90000000001
(println (length (range 1e16 10000000000000002 0.001))) ; expect: 1001
