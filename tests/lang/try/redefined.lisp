; names like others: a program may define them
(define (error x) (list 'mine x))
(define (raise) 'risen)
(println (error 5) (raise)) ; expect: (mine 5) risen
(define ok? error?)
(println (ok? 1)) ; expect: nil
