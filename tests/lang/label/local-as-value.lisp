(label maker (lambda (k) (label inner (lambda (y) (+ k y)))))
(println ((maker 5) 6)) ; expect: 11
