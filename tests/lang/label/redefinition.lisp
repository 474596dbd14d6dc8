(label n 1)
(label n (+ n 10))
(label n (+ n 100))
(println n) ; expect: 111
