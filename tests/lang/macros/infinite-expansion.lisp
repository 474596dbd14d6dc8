(defmacro again (x) `(again ,x))
(again 1) ; expect error: expansion
