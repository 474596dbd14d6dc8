; Below a cons in tail position: a copy with a hole.  Recursion in the first operand, or whose result is looked at, stays.
; options: -fno-inline -fno-higher_order
(define (each f xs) (if (nil? xs) nil (cons (f (car xs)) (each f (cdr xs)))))
(define (twice xs) (if (nil? xs) nil (let ((x (car xs))) (cons x (cons x (twice (cdr xs)))))))
(define (evens xs) (if (nil? xs) nil (cons (car xs) (odds (cdr xs)))))
(define (odds xs) (if (nil? xs) nil (evens (cdr xs))))
(define (left xs) (if (nil? xs) nil (cons (left (cdr xs)) (car xs))))
(define (looked xs) (if (nil? xs) nil (let ((r (looked (cdr xs)))) (cons (length r) r))))
(print (each car nil) (each cdr nil) (twice nil) (evens nil) (odds nil) (left nil) (looked nil))
