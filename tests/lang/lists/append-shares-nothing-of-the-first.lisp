(define a '(1 2))
(define b (append a '(3)))
(println a b) ; expect: (1 2) (1 2 3)
(println (append a a) a) ; expect: (1 2 1 2) (1 2)
