(defmacro m (x) `(list ,x))
(println (let ((m -)) (m 5)) (m 5)) ; expect: -5 (5)
