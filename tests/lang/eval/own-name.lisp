; a program's own eval is no evaluator
(define (eval x env) (list x env))
(define (read) 'mine)
(println (eval 1 2) (read)) ; expect: (1 2) mine
