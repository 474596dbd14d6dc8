; fib(20), twenty times.
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (fib (+ 19 (remainder n 2)))))))
(println (repeat 20 0))
