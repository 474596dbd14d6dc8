(defmacro provided (c body) `(cond (,c ,body)))
(define (form x) (list 'provided x 'y))
(println (macroexpand-1 (form '(f x)))) ; expect: (cond ((f x) y))
