(defmacro or (p q) `(cond (,p 'left) (,q 'right)))
(println (or nil 5) (or 5 nil) (or nil nil)) ; expect: right left nil
