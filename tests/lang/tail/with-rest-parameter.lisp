(define (f n . rest) (if (= n 0) rest (f (- n 1) n rest)))
(println (car (f 100000))) ; expect: 1
