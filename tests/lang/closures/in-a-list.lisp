(define fns ((lambda (n) (list (lambda () n) (lambda (m) (+ n m)))) 30))
(println ((car fns)) ((car (cdr fns)) 3)) ; expect: 30 33
