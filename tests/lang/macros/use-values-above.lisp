(define table (list 1 2 3))
(define total (apply + table))
(defmacro total-now () total)
(println (total-now)) ; expect: 6
