; An error is caught behind tail calls between functions of few and many parameters, known and unknown.
(define (f a b c d) (if a (g b) nil))
(define (g x) (if x (car x) (f 1 2 3 4)))
(define (message-of thunk) (try (thunk) (catch (e) (error-message e))))
(println (message-of (lambda () (f 1 5 3 4)))) ; expect: car: expected a cons, got 5
(define (h a) (k a a a a a a))
(define (k a b c d e f) (if (= a 9) (car f) (h (+ a 1))))
(println (message-of (lambda () (h 0)))) ; expect: car: expected a cons, got 9
(define (call6 p) (p 1 2 3 4 5 6))
(println (message-of (lambda () (call6 (lambda (a b c d e f) (g f)))))) ; expect: car: expected a cons, got 6
(define (call3 p) (p 1 2 3))
(println (message-of (lambda () (call3 (lambda (a b c) (g c)))))) ; expect: car: expected a cons, got 3
(println (message-of (lambda () (apply k '(9 b c d e last))))) ; expect: car: expected a cons, got last
(define (sum a b c d e n) (if (= n 0) (list a b c d e) (add a b c d e n)))
(define (add a b c d e n) (sum (+ a 1) (+ b 2) (+ c 3) (+ d 4) (+ e 5) (- n 1)))
(println (sum 0 0 0 0 0 1000000)) ; expect: (1000000 2000000 3000000 4000000 5000000)
(define (wide x) (lambda (a b) (spread a b x x x)))
(define (spread a b c d e) (if (= a 0) (car e) ((wide b) (- a 1) b)))
(println (message-of (lambda () ((wide 7) 100 8)))) ; expect: car: expected a cons, got 8
