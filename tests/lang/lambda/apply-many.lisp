(define (fill n acc) (if (= n 0) acc (fill (- n 1) (cons n acc))))
(println (apply + (fill 100000 nil))) ; expect: 5000050000
(println (length (apply list (fill 100000 nil)))) ; expect: 100000
