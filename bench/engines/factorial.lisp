; Factorial of 10, 50,000 times.
(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (factorial (+ 9 (remainder n 2)))))))
(println (repeat 50000 0))
