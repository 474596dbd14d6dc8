(define (f a . rest) (cons a rest))
(define (call g) (list (g 1) (g 1 2) (g 1 2 3)))
(println (call f) (call list)) ; expect: ((1) (1 2) (1 2 3)) ((1) (1 2) (1 2 3))
