(defmacro 5 (x) x) ; expect error: defmacro
