(define (loop n x) (if (= n 0) x (loop (- n 1) (+ x 1000000000000000000000))))
(println (loop 10000 0)) ; expect: 10000000000000000000000000
