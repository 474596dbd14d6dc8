(define (id x) x)
(define (f x) (cons (id x) (cons (car (id x)) x)))
(println (f (list 1 2))) ; expect: ((1 2) 1 1 2)
