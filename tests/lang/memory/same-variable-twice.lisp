(define (f x) (list x x (cons x x)))
(println (f (list 1))) ; expect: ((1) (1) ((1) 1))
