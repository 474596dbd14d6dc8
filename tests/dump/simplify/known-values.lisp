; Arithmetic on constants, halves of new pairs, tests decided by a test around them, lists taken apart by apply.
; What would raise is left to raise; operands keep their order.
(define (constants) (list (+ 1 2) (* 0.5 4) (quotient 7 2) (/ 1 0) (+ 1 'a) (* 9223372036854775807 2)))
(define (halves f g) (car (cons (f) (g))))
(define (same-test x y) (if x (if x (y) 1) (if x 2 (list x))))
(define (decided x y) (if (if x nil t) (y) (x)))
(define (and-test x y) (if (and x y) 1 2))
(define (spread f x) (apply f x (list 1 x)))
(define (floated f x) (let ((y (let ((z (f x))) (cons z z)))) (cdr y)))
