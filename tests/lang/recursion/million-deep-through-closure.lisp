(define (walk f n) (if (= n 0) 0 (+ 1 (f f (- n 1)))))
(println (walk walk 1000000)) ; expect: 1000000
