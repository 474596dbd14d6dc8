; A numeric loop over floats: 5 x 10^6 steps of the logistic map.
(define (iterate n x) (if (= n 0) x (iterate (- n 1) (* 3.7 x (- 1.0 x)))))
(println (iterate 5000000 0.5))
