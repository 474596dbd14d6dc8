; Roots of ints are ints or floats, squares and greatest common divisors ints.
; options: -fno-inline -fno-unroll
(define (near i) (let ((r (sqrt i)) (s (expt i 2)) (g (gcd i 12))) (list r s g (floor r) (expt 0.5 i) (expt i 0.5) (log i))))
(println (near (length (command-line))))
(define (roots v i sum) (if (= i 3) sum (roots v (+ i 1) (+ sum (exact (floor (sqrt (remainder (vector-ref v i) 100))))))))
(println (roots (vector 1 2 3) 0 0))
