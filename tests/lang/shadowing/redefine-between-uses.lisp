(define (f) (list 1 2))
(println (f)) ; expect: (1 2)
(label list (lambda (a b) (cons b a)))
(println (f)) ; expect: (2 . 1)
