; A sum of ten operands, 300,000 times.
(define (sum a b c d) (+ a b c d 5 6 7 8 9 10))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (sum (remainder n 7) 2 3 4)))))
(println (repeat 300000 0))
