; A list of 1000 numbers, built and walked, 500 times.
(define (build n xs) (if (= n 0) xs (build (- n 1) (cons n xs))))
(define (walk xs total) (if (nil? xs) total (walk (cdr xs) (+ total (car xs)))))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (walk (build 1000 nil) 0)))))
(println (repeat 500 0))
