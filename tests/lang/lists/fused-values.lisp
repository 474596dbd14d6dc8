; What fused loops compute: numbers of all kinds, several lists, ends, steps and orders.
(define (num s) (string->number s))
(define (message f) (try (f) (catch (e) (error-message e))))
(define big (num "9223372036854775800"))
(println (reduce + 0 (map (lambda (x) (* x x)) (range big (+ big 12) 5)))) ; expect: 255211775190703847431510258910440194125
(println (reduce + 0 (map (lambda (x) (+ x 1)) (range (num "4611686018427387900") (num "4611686018427387910"))))) ; expect: 46116860184273879055
(println (length (filter (lambda (x) (> x 9223372036854775802)) (range (num "9223372036854775800") (num "9223372036854775807") 3)))) ; expect: 2
(println (reduce + 0 (map (lambda (x) (* 2 x)) (range (num "3.5"))))) ; expect: 12
(println (reduce + 0 (map (lambda (x) (* 2 x)) (range (num "1/2") (num "3"))))) ; expect: 9
(println (reduce + 0 (map (lambda (x) (* 2 x)) (range (num "0.5") 3)))) ; expect: 9.0
(println (map (lambda (x) (* 2 x)) (range (num "5") (num "0") -2))) ; expect: (10 6 2)
(println (map (lambda (x) (* 2 x)) (range (num "5")))) ; expect: (0 2 4 6 8)
(println (map (lambda (x) (* 2 x)) (range (num "-5")))) ; expect: nil
(println (message (lambda () (map (lambda (x) (* 2 x)) (range (num "x")))))) ; expect: range: expected a number, got nil
(println (message (lambda () (length (map (lambda (x) (* 2 x)) (range 1 (num "x"))))))) ; expect: range: expected a number, got nil
(println (message (lambda () (length (map (lambda (x) (* 2 x)) (range 1 (num "+inf.0"))))))) ; expect: range: expected a finite number, got +inf.0
(println (map + (map (lambda (x) (* x x)) (range 4)) (map (lambda (x) (- x)) (range (num "3"))))) ; expect: (0 0 2)
(println (reduce + 0 (map * (range 5) (range 1 (num "9"))))) ; expect: 40
(println (reverse (map (lambda (x) (* x x)) (range (num "5"))))) ; expect: (16 9 4 1 0)
(println (append (map (lambda (x) (* x x)) (range (num "3"))) (list 7) (range (num "2")))) ; expect: (0 1 4 7 0 1)
(println (append (map (lambda (x) (* x x)) (range (num "3"))) 5)) ; expect: (0 1 4 . 5)
(println (apply + (map (lambda (x) (* x x)) (range (num "5"))))) ; expect: 30
(println (apply + (map (lambda (x) (* x x)) (range (num "0"))))) ; expect: 0
(println (apply * (map (lambda (x) (+ x 1)) (range (num "25"))))) ; expect: 15511210043330985984000000
(println (apply max (map (lambda (x) (* x (- 7 x))) (range (num "7"))))) ; expect: 12
(println (apply min (map (lambda (x) (- (inexact x))) (range (num "7"))))) ; expect: -6.0
(println (message (lambda () (apply max (map (lambda (x) (* x x)) (range (num "0"))))))) ; expect: max: expected at least 1 argument, got 0
(println (apply string-append (map number->string (range (num "5"))))) ; expect: 01234
(println (message (lambda () (apply + (map (lambda (x) (if (= x 3) nil x)) (range (num "5"))))))) ; expect: +: expected a number, got nil
(println (reduce max (map (lambda (x) (* x (- 7 x))) (range (num "7"))))) ; expect: 12
(println (reduce (lambda (a x) (cons x a)) nil (filter (lambda (x) (= 0 (remainder x 3))) (range (num "10"))))) ; expect: (9 6 3 0)
; own functions
(define (upto a b) (if (> a b) nil (cons a (upto (+ a 1) b))))
(define (downto a b) (if (< a b) nil (cons a (downto (- a 1) b))))
(define (downto0 a) (cond ((= a 0) nil) (t (cons a (downto0 (- a 1))))))
(define (keep p xs) (cond ((nil? xs) nil) ((p (car xs)) (cons (car xs) (keep p (cdr xs)))) (t (keep p (cdr xs)))))
(define (add-up xs acc) (if (cons? xs) (add-up (cdr xs) (+ acc (car xs))) acc))
(define (take k xs) (if (or (= k 0) (nil? xs)) nil (cons (car xs) (take (- k 1) (cdr xs)))))
(define (drop-while p xs) (cond ((nil? xs) nil) ((p (car xs)) (drop-while p (cdr xs))) (t xs)))
(define (pairs xs) (if (nil? xs) nil (if (nil? (cdr xs)) xs (cons (+ (car xs) (car (cdr xs))) (pairs (cdr (cdr xs)))))))
(define (doubled xs) (if xs (cons (car xs) (cons (car xs) (doubled (cdr xs)))) nil))
(define (last xs) (if (nil? (cdr xs)) (car xs) (last (cdr xs))))
(define (interleave xs ys) (if (nil? xs) ys (cons (car xs) (interleave ys (cdr xs)))))
(define (evens xs) (if (nil? xs) nil (cons (car xs) (odds (cdr xs)))))
(define (odds xs) (if (nil? xs) nil (evens (cdr xs))))
(println (add-up (upto 1 (num "10")) 0) (add-up (downto (num "10") 1) 0) (add-up (downto0 (num "10")) 0)) ; expect: 55 55 55
(println (add-up (upto (num "1.5") (num "4")) 0) (add-up (upto (num "5") (num "4")) 0) (add-up (downto0 (num "0")) 0)) ; expect: 7.5 0 0
(println (add-up (keep (lambda (x) (= 1 (remainder x 2))) (upto 1 (num "10"))) 0)) ; expect: 25
(println (add-up (take 3 (keep (lambda (x) (= 1 (remainder x 2))) (upto 1 (num "10")))) 0)) ; expect: 9
(println (add-up (drop-while (lambda (x) (< x 8)) (upto 1 (num "10"))) 0)) ; expect: 27
(println (drop-while (lambda (x) (< x 8)) (upto 1 (num "10")))) ; expect: (8 9 10)
(println (add-up (pairs (upto 1 (num "5"))) 0) (pairs (upto 1 (num "5")))) ; expect: 15 (3 7 5)
(println (add-up (doubled (upto 1 (num "3"))) 0) (pairs (doubled (upto 1 (num "3"))))) ; expect: 12 (2 4 6)
(println (doubled (doubled (upto 1 (num "2"))))) ; expect: (1 1 1 1 2 2 2 2)
(println (last (upto 1 (num "10"))) (last (doubled (upto 1 (num "3"))))) ; expect: 10 3
(println (add-up (interleave (upto 1 (num "3")) (upto 10 (num "12"))) 0)) ; expect: 39
(println (interleave (upto 1 (num "3")) (upto 10 (num "12")))) ; expect: (1 10 2 11 3 12)
(println (add-up (evens (upto 1 (num "10"))) 0) (evens (upto 1 (num "9")))) ; expect: 25 (1 3 5 7 9)
(define (squares-of v i) (if (= i (vector-length v)) nil (cons (* (vector-ref v i) (vector-ref v i)) (squares-of v (+ i 1)))))
(println (add-up (squares-of (vector 1 2.5 3) 0) 0)) ; expect: 16.25
(println (message (lambda () (add-up (squares-of (vector 1 "a" 3) 0) 0)))) ; expect: *: expected a number, got "a"
(define (digits n) (if (= n 0) nil (cons (remainder n 10) (digits (quotient n 10)))))
(println (add-up (digits (num "987654321987654321987")) 0)) ; expect: 114
(define (count-if p xs n) (if xs (count-if p (cdr xs) (if (p (car xs)) (+ n 1) n)) n))
(println (count-if (lambda (x) (= 0 (remainder x 3))) (upto 1 (num "20")) 0)) ; expect: 6
(define (every p xs) (cond ((nil? xs) t) ((p (car xs)) (every p (cdr xs))) (t nil)))
(define (prime? n) (every (lambda (d) (> (remainder n d) 0)) (range 2 n)))
(println (filter prime? (range 2 (num "30")))) ; expect: (2 3 5 7 11 13 17 19 23 29)
(println (length (filter prime? (range 2 (num "100"))))) ; expect: 25
(println (reduce + 0 (map (lambda (row) (reduce + 0 (map (lambda (col) (* row col)) (range (num "4"))))) (range (num "5"))))) ; expect: 60
(define (deep k) (if (= k 0) nil (cons k (deep (- k 1)))))
(define (sum xs) (if xs (+ (car xs) (sum (cdr xs))) 0))
(println (sum (deep (num "20000")))) ; expect: 200010000
; no list without an end becomes a loop without one
(define (from k) (cons k (from (+ k 1))))
(define (count-to k n) (if (= k n) nil (cons k (count-to (+ k 2) n))))
(println (add-up (count-to 0 (num "10")) 0)) ; expect: 20
