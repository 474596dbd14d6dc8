; `foreign` is a name like others
(define (f foreign) (foreign 1))
(println (f (lambda (x) (+ x 1)))) ; expect: 2
(define (foreign x) (list 'mine x))
(println (foreign 3)) ; expect: (mine 3)
