; Lists built from their front run as loops on every engine (tests/suites/cli.py runs one on a small stack).
(define (upto i n) (if (> i n) nil (cons i (upto (+ i 1) n))))
(define (each f xs) (if (nil? xs) nil (cons (f (car xs)) (each f (cdr xs)))))
(define (join xs ys) (if (nil? xs) ys (cons (car xs) (join (cdr xs) ys))))
(define (total xs n) (if (nil? xs) n (total (cdr xs) (+ n (car xs)))))
(define big (upto 1 300000))
(println (total (each (lambda (x) (- x 1)) (join big (list 7))) 0)) ; expect: 44999850006
; through every form of tail position, several cells at once, and no cell at all
(define (pick xs)
  (cond ((nil? xs) nil)
        ((string? (car xs)) (let ((s (string-append (car xs) "!"))) (cons s (cons (list s) (pick (cdr xs))))))
        ((nil? (car xs)) (progn (print ".") (pick (cdr xs))))
        (t (cons (car xs) (if (nil? (cdr xs)) "end" (pick (cdr xs)))))))
(println (pick (list "a" 1 nil "b" nil))) ; expect: ..("a!" ("a!") 1 "b!" ("b!"))
(println (pick (list "a" 1)) (pick nil)) ; expect: ("a!" ("a!") 1 . "end") nil
(define (evens xs) (if (nil? xs) nil (cons (car xs) (odds (cdr xs)))))
(define (odds xs) (if (nil? xs) nil (evens (cdr xs))))
(println (evens (upto 1 7)) (odds (upto 1 7))) ; expect: (1 3 5 7) (2 4 6)
(define (interleave xs ys) (if (nil? xs) ys (cons (car xs) (interleave ys (cdr xs)))))
(println (interleave (list "a" "b") (list 1 2 3))) ; expect: ("a" 1 "b" 2 3)
(define (after xs) (if (nil? xs) nil (let ((x (car xs))) (let ((rest (after (cdr xs)))) (cons x rest)))))
(println (after (upto 1 3))) ; expect: (1 2 3)
(define (numbered xs)
  (let loop ((xs xs) (i 0)) (if (nil? xs) (list "end" i) (cons (cons i (car xs)) (loop (cdr xs) (+ i 1))))))
(println (numbered (list "a" "b"))) ; expect: ((0 . "a") (1 . "b") "end" 2)
(define (tree-copy x) (if (cons? x) (cons (tree-copy (car x)) (tree-copy (cdr x))) x))
(println (tree-copy '((1 (2 . 3)) 4))) ; expect: ((1 (2 . 3)) 4)
; the first operand comes first, and the rest after it
(define (noisy xs) (if (nil? xs) nil (cons (progn (print (car xs)) (car xs)) (noisy (cdr xs)))))
(println (noisy (list 1 2 3))) ; expect: 123(1 2 3)
; the result is fresh each time, and what it shares stays
(define tail (list "x"))
(println (join (list 1) tail) (join (list 2) tail) tail) ; expect: (1 "x") (2 "x") ("x")
; errors drop what was built
(println (try (each (lambda (x) (+ 1 x)) (list 1 2 "x" 4)) (catch (e) (error-message e)))) ; expect: +: expected a number, got "x"
(println (try (join (cons "a" (cons "b" 2)) tail) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 2
(each (lambda (x) (car x)) (list (list 1) (list "two") 3)) ; expect error: car: expected a cons, got 3
