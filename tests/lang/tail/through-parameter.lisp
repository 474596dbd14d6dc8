(define (through f n) (if (= n 0) 'via (f f (- n 1))))
(println (through through 1000000)) ; expect: via
