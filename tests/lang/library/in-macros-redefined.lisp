; A definition below a macro is not seen by it; one above is.
(defmacro first-use xs (list 'quote (filter number? xs)))
(println (first-use 1 a)) ; expect: (1)
(define (filter x) (list 'mine x))
(defmacro second-use xs (list 'quote (filter xs)))
(println (second-use 1 a)) ; expect: (mine (1 a))
