(define (f xs) (cons 1 xs))
(define (g xs op) (op xs))
(println (g '(5) car) (f nil)) ; expect: 5 (1)
