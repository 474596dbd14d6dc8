; Chains of functions that make lists and functions that take them apart are one loop each; what range and counters are given is asked
; where it is not known.
(define (pipeline n) (reduce + 0 (map (lambda (x) (* x x)) (filter (lambda (x) (= 0 (remainder x 2))) (range n)))))
(define (upto a b) (if (= a b) nil (cons a (upto (+ a 1) b))))
(define (squares xs) (if (nil? xs) nil (cons (* (car xs) (car xs)) (squares (cdr xs)))))
(define (sum xs) (if xs (+ (car xs) (sum (cdr xs))) 0))
(define (own n) (sum (squares (upto 1 n))))
(define (of-list xs) (length (map (lambda (x) (cons x x)) xs)))
(define (greatest n) (apply max (map (lambda (x) (* x (- n x))) (range 1 n))))
(define (each n) (for-each println (reverse (map (lambda (x) (+ x 1)) (range n)))))
(define (both n) (reduce + 0 (map * (range n) (range 1 (+ n 1)))))
(define n (string->number "5"))
(println (pipeline n) (own n) (of-list (vector n n)) (greatest 7) (both 8))
(each 3)
