(println (eq '(1 2) '(1 2)) (eq <<1>> <<1>>)) ; expect: nil nil
(define cell '(1 2))
(define v <<1 2>>)
(define f (lambda (x) x))
(println (eq cell cell) (eq v v) (eq f f) (eq car car) (eq car cdr)) ; expect: t t t t nil
