(label base 100)
(label offset (lambda (n) (+ base n)))
(println (offset 5)) ; expect: 105
(label base 200)
(println (offset 5)) ; expect: 205
