; Make and call a closure 10^6 times.
(define (adder n) (lambda (x) (+ x n)))
(define (loop n total) (if (= n 0) total (loop (- n 1) ((adder n) total))))
(println (loop 1000000 0))
