; What the library's functions were copied and inlined from goes away; what the program never used stays.
(define (never-used x) x)
(define (twice f x) (f (f x)))
(println (twice (lambda (x) (cons x x)) 1) (map car '((1) (2))))
