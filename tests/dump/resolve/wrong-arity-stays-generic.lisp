; A call whose operand count does not fit is left to fail when it runs.
(define (f x) x)
(define (g) (f 1 2))
(define (h) (car))
