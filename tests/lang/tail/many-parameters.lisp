; Functions that leave their frames to each other, with values of one and of two words, floats and objects, in registers and beyond them.
(define (even-turn n a b xs k x y) (if (= n 0) (k (list a b xs x y)) (odd-turn (- n 1) b a (cons n xs) k y (+ x 0.5))))
(define (odd-turn n a b xs k x y) (if (= n 0) (k (list b a xs y x)) (even-turn (- n 1) a (list b) xs (lambda (r) (k (cons n r))) x y)))
(define (start n) (even-turn n 'a "b" nil (lambda (r) r) 1.0 2.5))
(println (start 0) (start 1)) ; expect: (a "b" nil 1.0 2.5) (a "b" (1) 1.5 2.5)
(println (start 4)) ; expect: (3 1 (a) ("b") (2 4) 1.5 3.0)

; The same with ints alone, so that more of them are in registers; and with what is not known.
(define (sum-even i n a b c d) (if (= i n) (list a b c d) (sum-odd (+ i 1) n b c d (+ a i))))
(define (sum-odd i n a b c d) (if (= i n) (list d c b a) (sum-even (+ i 1) n d a b (+ c i))))
(println (sum-even 0 100000 1 2 3 4)) ; expect: (2499950001 2 3 2500000004)

; What is known only by its tag: the last one is a closure, and an error on the way drops all of them.
(define (down x y z k) (if (< x y) (k z) (up (- x 1) y (list z) (lambda (r) (k (list r x)))))) ; expect error: <: expected a number, got (2)
(define (up x y z k) (if (< x y) (k z) (down (- x 1) y z (lambda (r) (k (cons x r))))))
(println (down 5 2 'z (lambda (r) r))) ; expect: ((4 (2 (z)) 3) 5)
(println (try (down 5 2 'z (lambda (r) (car 'wrong))) (catch (e) (error-message e)))) ; expect: car: expected a cons, got wrong
(down 5 (list 2) 'z (lambda (r) r))
