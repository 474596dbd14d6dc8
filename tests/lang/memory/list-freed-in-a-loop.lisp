(define (fill n acc) (if (= n 0) acc (fill (- n 1) (cons n acc))))
(define (repeat k) (if (= k 0) 'flat (progn (fill 1000 nil) (repeat (- k 1)))))
(println (repeat 1000)) ; expect: flat
