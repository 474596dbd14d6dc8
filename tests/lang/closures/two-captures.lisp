(label make-linear (lambda (m b) (lambda (x) (+ (* m x) b))))
(println ((make-linear 2 3) 5)) ; expect: 13
