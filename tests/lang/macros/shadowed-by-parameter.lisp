(defmacro twice (x) `(+ ,x ,x))
(println ((lambda (twice) (twice 5)) (lambda (n) (* n n))) (twice 4)) ; expect: 25 8
