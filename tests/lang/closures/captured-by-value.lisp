(define (keep v) (lambda () v))
(define a (keep 'first))
(define b (keep 'second))
(println (a) (b) (a)) ; expect: first second first
