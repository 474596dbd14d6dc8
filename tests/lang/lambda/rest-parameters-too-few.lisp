(define (f a b . c) (list a b c))
(f 1) ; expect error: f: expected at least 2 arguments, got 1
