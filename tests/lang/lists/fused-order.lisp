; Lists that are made to be taken apart once are not made: who does what in which order stays, and so do errors.
(define (id x) x)
(define n (string->number "10"))
(define (iota k) (letrec ((go (lambda (i) (if (= i k) nil (cons i (go (+ i 1))))))) (go 0)))
(define (squares xs) (if (nil? xs) nil (cons (* (car xs) (car xs)) (squares (cdr xs)))))
(define (sum xs) (if xs (+ (car xs) (sum (cdr xs))) 0))
(define (message f) (try (f) (catch (e) (error-message e))))
(println (sum (squares (iota n)))) ; expect: 285
(println (sum (squares (range n)))) ; expect: 285
(println (reduce + 0 (map (lambda (x) (* x x)) (filter (lambda (x) (= 0 (remainder x 2))) (range n))))) ; expect: 120
; printing in the one that makes the list: before all of the other's
(for-each println (map (lambda (x) (println "make" x) (* 10 x)) (range 2)))
; expect: make 0
; expect: make 1
; expect: 0
; expect: 10
(println (length (map (lambda (x) (println "made" x) x) (range 2))))
; expect: made 0
; expect: made 1
; expect: 2
; printing in the other
(for-each println (map (lambda (x) (* 10 x)) (range 2)))
; expect: 0
; expect: 10
; an error in the maker comes before anything that the other prints
(println (message (lambda () (for-each println (map (lambda (x) (vector-ref (vector 1 2) x)) (range 3))))))
; expect: vector-ref: index 2 out of bounds for length 2
(println (message (lambda () (for-each println (map (lambda (x) (/ 6 (- 2 x))) (range 3))))))
; expect: division by zero
; errors in both: the maker's wins, wherever it is
(define (bad-both x) (reduce (lambda (a y) (+ a (car y))) 0 (map (lambda (y) (if (= y 2) (error "made badly") y)) x)))
(println (message (lambda () (bad-both (range 3))))) ; expect: made badly
; an error in the user: all elements are made before
(println (message (lambda () (reduce (lambda (a y) (+ a (car y))) 0 (map (lambda (y) (println "m" y) y) (range 2))))))
; expect: m 0
; expect: m 1
; expect: car: expected a cons, got 0
; it ends early
(define (first-over k xs) (cond ((nil? xs) nil) ((> (car xs) k) (car xs)) (t (first-over k (cdr xs)))))
(println (first-over 20 (map (lambda (x) (* x x)) (range n)))) ; expect: 25
(println (message (lambda () (first-over 20 (map (lambda (x) (if (= x 8) (error "eight") (* x x))) (range n)))))) ; expect: eight
(println (first-over 20 (map (lambda (x) (if (= x 8) (println "eight") nil) (* x x)) (range n))))
; expect: eight
; expect: 25
(println (reduce (lambda (a x) (if (> x 3) (reduced a) (+ a x))) 0 (map (lambda (x) (+ x 1)) (range n)))) ; expect: 6
; used twice
(define (twice xs) (let ((ys (squares xs))) (list (sum ys) (length ys))))
(println (twice (range 4))) ; expect: (14 4)
; the maker's operands are what the call's other operands are made before
(define (weighted xs w) (if xs (+ (* w (car xs)) (weighted (cdr xs) w)) 0))
(println (weighted (map (lambda (x) (println "x" x) x) (range 2)) (id (do ((i 0 (+ i 1))) ((= i 1) (println "w") 3)))))
; expect: x 0
; expect: x 1
; expect: w
; expect: 3
(println (weighted (map (lambda (x) (* x x)) (range 4)) (car (list 2)))) ; expect: 28
; improper lists and other tails
(define (with-tail xs end) (if xs (cons (+ 1 (car xs)) (with-tail (cdr xs) end)) end))
(println (message (lambda () (sum (with-tail (list 1 2) 3))))) ; expect: car: expected a cons, got 3
(println (sum (with-tail (list 1 2) (list 10 20)))) ; expect: 35
; two lists are made one after the other
(define (show x) (println "show" x) x)
(println (map + (range (show 2)) (range (show 3))))
; expect: show 2
; expect: show 3
; expect: (0 2)
(println (message (lambda () (map + (range (show nil)) (range (show 3))))))
; expect: show nil
; expect: range: expected a number, got nil
(println (message (lambda () (map + (range (show 3)) (range (error "second"))))))
; expect: show 3
; expect: second
