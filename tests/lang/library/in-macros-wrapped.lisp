(define old-filter filter)
(define (filter f xs) (cons 'wrapped (old-filter f xs)))
(defmacro use xs (list 'quote (filter number? xs)))
(println (use 1 a 2)) ; expect: (wrapped 1 2)
