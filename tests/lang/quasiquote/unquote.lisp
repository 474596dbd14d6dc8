(define v 5)
(println `(1 ,(+ 1 1) 3) `,(* 6 7) `(v ,v 'v ',v)) ; expect: (1 2 3) 42 (v 5 (quote v) (quote 5))
