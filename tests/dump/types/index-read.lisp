; An index with which something was read is one of the vector's: what is added to it does not overflow, whatever it was before.
(define (both v i) (list (vector-ref v i) (+ i 1)))
(define (three v i) (list (vector-ref v i) (vector-ref v (+ i 1)) i))
(define numbers (list->vector (range 10)))
(println (both numbers (length (list->vector (range 3)))) (both numbers (* 3 (random 2))) (both numbers (expt 2 (random 3))))
(println (three (vector 1 2 'c) (random (expt 10 (random 3)))))
