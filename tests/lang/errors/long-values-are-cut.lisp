(define (fill n acc) (if (= n 0) acc (fill (- n 1) (cons n acc))))
(+ 1 (fill 100000 nil)) ; expect error: +: expected a number, got (1 2 3
