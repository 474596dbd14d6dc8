(defmacro literally (x) (list 'quote x))
(println (literally (undefined names (here)))) ; expect: (undefined names (here))
