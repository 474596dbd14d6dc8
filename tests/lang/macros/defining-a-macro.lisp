(defmacro def-doubler (name) `(defmacro ,name (x) (list '+ x x)))
(def-doubler twice)
(println (twice 21)) ; expect: 42
