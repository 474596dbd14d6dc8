(define (holder xs) (lambda () (car xs)))
(define h (holder (list (list 'deep) 2)))
(println (h) (h)) ; expect: (deep) (deep)
