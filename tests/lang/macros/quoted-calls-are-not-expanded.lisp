(defmacro m (x) (car nil))
(println '(m 1) `(m 2) (cond ((eq 'm 'm) '(m)))) ; expect: (m 1) (m 2) (m)
