(println ((lambda (a . rest) (list a rest)) 1 2 3) ((lambda (a . rest) (list a rest)) 1)) ; expect: (1 (2 3)) (1 nil)
(println ((lambda args args)) ((lambda args args) 1 2)) ; expect: nil (1 2)
(define (f a b . c) (list a b c))
(println (f 1 2) (f 1 2 3 4)) ; expect: (1 2 nil) (1 2 (3 4))
