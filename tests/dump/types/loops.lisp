; A float accumulator, a counter with a limit, a sum that may leave 64 bits.
; options: -fno-inline
(define (floats n) (do ((i 0 (+ i 1)) (s 0.0 (+ s (* 0.5 i)))) ((>= i n) s)))
(define (ints n) (do ((i 0 (+ i 1)) (s 0 (+ s i))) ((>= i n) s)))
(println (floats 10) (ints 10))
