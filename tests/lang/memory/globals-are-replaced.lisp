(define g (list 1))
(define g (list 2 g))
(define g (list 3 g))
(println g) ; expect: (3 (2 (1)))
