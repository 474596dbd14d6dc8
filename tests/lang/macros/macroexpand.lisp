(defmacro m1 (x) `(m2 ,x))
(defmacro m2 (x) `(list ,x))
(println (macroexpand-1 '(m1 5)) (macroexpand '(m1 5))) ; expect: (m2 5) (list 5)
(println (macroexpand '(no-macro 1 2)) (macroexpand-1 'symbol)) ; expect: (no-macro 1 2) symbol
