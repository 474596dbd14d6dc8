(println 1)              ; expect: 1
(+ 1 'one) ; expect error: +: expected a number, got one
