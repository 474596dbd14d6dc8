; A closure whose only owner enters it gives its captures away; one that others hold keeps them.
(define (compose f g) (lambda (x) (f (g x))))
(define (times n f) (if (= n 0) (lambda (x) x) (compose f (times (- n 1) f))))
(define (adder k) (lambda (x) (+ x k)))
(println ((times 1000 (adder 3)) 4)) ; expect: 3004

; Called again and again, and held by a list at the same time.
(define kept (map adder (range 5)))
(println (map (lambda (f) (f 10)) kept) (map (lambda (f) (f 20)) kept)) ; expect: (10 11 12 13 14) (20 21 22 23 24)

; It calls itself by way of what it captures; the captured list lives on where the closure does.
(define (counter xs) (lambda () (if (nil? xs) nil (cons (car xs) (counter (cdr xs))))))
(define (drain c acc) (let ((p (c))) (if (nil? p) acc (drain (cdr p) (cons (car p) acc)))))
(define shared (list 1 2 3))
(println (drain (counter shared) nil) shared (drain (counter (list 4 5)) nil)) ; expect: (3 2 1) (1 2 3) (5 4)

; An error inside: what was captured is dropped, and the message is the same.
(define (failing a b) (lambda (x) (+ (car a) (car b) x)))
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () ((failing (list 1) (list 2)) nil)))) ; expect: +: expected a number, got nil
(println (message (lambda () ((failing (list 1) 5) 3)))) ; expect: car: expected a cons, got 5
(println (message (lambda () ((failing (list 1) (list 2)) 3 4)))) ; expect: lambda: expected 1 argument, got 2

; Captures that are no objects, and many of them.
(define (many a b c d e f) (lambda (x) (list a b c d e f x)))
(define (twice f) (list (f 1) (f 2)))
(println (twice (many 1 2.5 nil t 'q "s")) ((many 1 2.5 nil t 'q "s") 3)) ; expect: ((1 2.5 nil t q "s" 1) (1 2.5 nil t q "s" 2)) (1 2.5 nil t q "s" 3)
