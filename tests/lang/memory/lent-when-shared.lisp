; Folds over structures that others hold as well, from the start or further down; nothing is lost and nothing is left.
(define (size e) (if (cons? e) (+ (size (car e)) (size (cdr e))) 1))
(define (sum xs acc) (if (nil? xs) acc (sum (cdr xs) (+ acc (car xs)))))
(define (largest xs) (if (nil? (cdr xs)) (car xs) (max (car xs) (largest (cdr xs)))))
(define (depth n) (if (nil? n) 0 (+ 1 (max (depth (vector-ref n 0)) (depth (vector-ref n 2))))))
(define (numbers n acc) (if (= n 0) acc (numbers (- n 1) (cons n acc))))
(define (doubled n e) (if (= n 0) e (doubled (- n 1) (cons e e))))
(define (tree n) (if (= n 0) nil (vector (tree (- n 1)) n nil)))
(define (both n) (let ((half (tree n))) (vector half n half)))

; Nobody else holds it; all of it is shared; only the end is.
(println (size (numbers 10 nil)) (size (doubled 12 'a)) (size (doubled 3 (numbers 3 nil)))) ; expect: 11 4096 32
(define tail (numbers 5 nil))
(println (sum (numbers 10 nil) 0) (sum (cons 1 (cons 2 tail)) 0) (sum tail 0) tail) ; expect: 55 18 15 (1 2 3 4 5)
(println (largest (cons 9 tail)) (largest (cons 1 (list 3 2))) (depth (both 20)) (depth (tree 30))) ; expect: 9 3 21 30
(println (sum '(1 2 3) 0) (size '((1 2) 3 "four"))) ; expect: 6 6

; A fold over a million cells whose end is shared is a loop all the same.
(println (sum (numbers 1000000 tail) 0) (sum tail 0)) ; expect: 500000500015 15

; Errors in the lent part, in the owned part, and at the end.
(define (message f) (try (f) (catch (e) (error-message e))))
(define bad (list 1 2 'x 3))
(println (message (lambda () (sum (cons 5 bad) 0)))) ; expect: +: expected a number, got x
(println (message (lambda () (sum (list 5 'y 6) 0)))) ; expect: +: expected a number, got y
(println (message (lambda () (sum (cons 5 6) 0)))) ; expect: cdr: expected a cons, got 6
(println (message (lambda () (depth (vector (vector nil 1 2) 1 nil))))) ; expect: vector-ref: expected a vector, got 2
(println bad) ; expect: (1 2 x 3)

; Back and forth in tail position, with something made on the way: no stack is used for it.
(define (ping xs k) (if (nil? xs) (size k) (pong (cdr xs) (cons 1 nil))))
(define (pong xs k) (if (nil? xs) (size k) (ping (cdr xs) k)))
(define many (numbers 1000000 nil))
(println (ping many nil) (sum many 0)) ; expect: 2 500000500000
