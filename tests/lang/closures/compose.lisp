(define (compose f g) (lambda (x) (f (g x))))
(println ((compose car cdr) '(1 2 3)) ((compose - (lambda (x) (* x x))) 3)) ; expect: 2 -9
