(println 3/4) ; expect: 3/4
(println -10/4) ; expect: -5/2
(println 12/4) ; expect: 3
(println 100000000000000000000/30000000000000000000) ; expect: 10/3
(println 0/5) ; expect: 0
