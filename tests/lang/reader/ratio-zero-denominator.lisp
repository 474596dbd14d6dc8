(println 1)
(println 1/0) ; expect error: division by zero
