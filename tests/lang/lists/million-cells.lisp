(define (fill n acc) (if (= n 0) acc (fill (- n 1) (cons n acc))))
(println (length (fill 1000000 nil))) ; expect: 1000000
(println (car (reverse (fill 300000 nil)))) ; expect: 300000
