(defmacro provided (c body) `(cond (,c ,body)))
(println (provided (< 1 2) 'ran) (provided nil (car nil))) ; expect: ran nil
