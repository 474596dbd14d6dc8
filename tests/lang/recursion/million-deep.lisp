(define (up n) (if (= n 0) 0 (+ 1 (up (- n 1)))))
(println (up 1000000)) ; expect: 1000000
