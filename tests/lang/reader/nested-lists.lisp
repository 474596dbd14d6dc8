(println '(x (y (z)) w)) ; expect: (x (y (z)) w)
(println '((((a))))) ; expect: ((((a))))
