(println ((label product (lambda (m) (cond ((< m 2) 1) (t (* (product (- m 1)) m))))) 7)) ; expect: 5040
(println (product 5)) ; expect: 120
(println (+ (label k 5) k)) ; expect: 10
