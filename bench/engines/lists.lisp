; Build a list of 10^5 numbers, map over it, sum it, twenty times: allocation, closures, freeing.
(define (range from to) (if (< from to) (cons from (range (+ from 1) to)) nil))
(define (map f xs) (if (nil? xs) nil (cons (f (car xs)) (map f (cdr xs)))))
(define (sum xs total) (if (nil? xs) total (sum (cdr xs) (+ total (car xs)))))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (sum (map (lambda (x) (* x 3)) (range 0 100000)) 0)))))
(println (repeat 20 0))
