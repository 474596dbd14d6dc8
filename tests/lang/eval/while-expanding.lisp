; eval, macroexpand in a macro body work at compile time, on what stands above
(define base 10)
(defmacro computed (form) (eval form))
(println (computed (* base 2))) ; expect: 20
(defmacro two (x) `(list ,x ,x))
(defmacro shown (form) `(quote ,(macroexpand form)))
(println (shown (two 1))) ; expect: (list 1 1)
(define (local x) (list x (computed '5)))
(println (local 1)) ; expect: (1 5)
