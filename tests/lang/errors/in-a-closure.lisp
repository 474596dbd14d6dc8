(define (make xs) (lambda (i) (vector-ref xs i))) ; expect error: out of bounds
(define get (make (vector (list 1) (list 2))))
(println (get 1)) ; expect: (2)
(get 2)
