; options: -fno-inline
; A sum that may overflow: a copy for ints, left for the generic one with a bigint.  Strangers call through the tests.
(define (sum list s) (if (nil? list) s (sum (cdr list) (+ s (car list)))))
(println (sum '(1 2 4611686018427387904) 0))
(define (power x n) (if (= n 0) 1 (* x (power x (- n 1)))))
(println (apply power '(2 10)))
