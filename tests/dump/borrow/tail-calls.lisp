; A tail call must not leave anything to drop: what it passes on is owned, unless it was lent to the caller.
; options: -fno-inline -fno-higher_order -fno-specialize -fno-unfold -fno-types
(define (last-of xs) (if (nil? (cdr xs)) (car xs) (last-of (cdr xs))))
(define (length-of xs n) (if (nil? xs) n (length-of (cdr xs) (+ n 1))))
(define (lent xs n) (if (= n 0) (last-of xs) (lent xs (- n 1))))
(define (fresh n) (if (= n 0) (length-of (list n n) 0) (fresh (- n 1))))
(print (lent (list 1 2) 3) (fresh 3))
