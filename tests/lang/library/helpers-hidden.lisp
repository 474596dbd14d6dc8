(println 1) ; expect: 1
(map-one - '(1) nil) ; expect error: unbound variable: map-one
