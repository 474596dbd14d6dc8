; What a loop counts while another counter steps is an int: it takes no more turns than that counter has values.
; options: -fno-inline -fno-merge
(define (evens n) (let loop ((i 0) (k 0)) (if (>= i n) k (loop (+ i 1) (if (= (remainder i 2) 0) (+ k 1) k)))))
(define (both n) (let loop ((i n) (a 5) (b 0)) (if (= i 0) (list a b) (if (< b -6) (loop (- i 1) (+ a 3) (- b 2)) (loop (- i 1) (- a 1) b)))))
(define (collatz n k) (if (= n 1) k (if (= 0 (remainder n 2)) (collatz (quotient n 2) (+ k 1)) (collatz (+ (* 3 n) 1) (+ k 1)))))
(define (waits n i k) (if (= i n) k (waits n (if (= 0 (random 2)) (+ i 1) i) (+ k 1))))
(define (deep n k) (if (= n 0) k (+ 1 (deep (- n 1) (+ k 1)))))
(println (evens 1000) (both 10) (collatz 27 0) (waits 10 0 0) (deep 10 0))
