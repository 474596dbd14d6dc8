(define (grow n k) (if (= k 0) n (grow (+ n n) (- k 1))))
(println (grow 1 62) (grow 1 63) (grow 1 64)) ; expect: 4611686018427387904 9223372036854775808 18446744073709551616
(define (shrink n k) (if (= k 0) n (shrink (/ n 2) (- k 1))))
(println (shrink (grow 1 70) 70)) ; expect: 1
