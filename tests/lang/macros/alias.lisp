(defmacro m (x) `(list ,x ,x))
(label m2 m)
(println (m2 3)) ; expect: (3 3)
