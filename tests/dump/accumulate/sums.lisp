; Below additions in tail position: a copy that is given the sum so far.  Floats, sums that wait for more than atoms, and
; a function that another one comes back to stay as they are.
; options: -fno-inline -fno-specialize
(define (size x) (if (cons? x) (+ 1 (size (car x)) (size (cdr x))) 0))
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(define (odd-places xs) (if (nil? xs) 0 (if (nil? (cdr xs)) 1 (- (+ 2 (odd-places (cdr (cdr xs)))) 1))))
(println (size '(1 (2))) (fib 10) (odd-places (list 1 2 3)))
(define (floats n) (if (= n 0) 0.5 (+ n (floats (- n 1)))))
(define (later n) (if (= n 0) 0 (+ (later (- n 1)) (length (list n)))))
(define (even n) (if (= n 0) 0 (if (= n 7) (+ 1 (even (- n 1))) (odd (- n 1)))))
(define (odd n) (if (= n 0) 1 (even (- n 1))))
(println (floats 3) (later 3) (even 9))
