(define (f x) (list (label k (+ x 1)) k (* k 2)))
(println (f 4)) ; expect: (5 5 10)
