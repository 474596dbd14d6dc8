(defmacro inc-by (n) `(lambda (x) (+ x ,n)))
(println ((inc-by 5) 10)) ; expect: 15
