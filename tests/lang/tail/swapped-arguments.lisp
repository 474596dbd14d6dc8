(define (swap a b n) (if (= n 0) (list a b) (swap b a (- n 1))))
(println (swap '(1) '(2) 100001)) ; expect: ((2) (1))
