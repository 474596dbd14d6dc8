; A part that only decides which branch is taken needs no count: the whole ends behind the test, unless a branch drops all parts.
; options: -fno-inline -fno-higher_order -fno-specialize -fno-unfold -fno-types
(define (f x) (list x))
(define (dispatch e) (cond ((eq (car e) 'a) (f (cdr e))) ((eq (car e) 'b) (cons 1 (cdr e))) (t (error "what" (list 1)))))
(define (leaf e) (if (nil? (car e)) 0 (cons (f (car e)) (cdr e))))
(define (owned e) (if (eq (car e) (f 1)) (f (cdr e)) (f (car e))))
(println (dispatch (list 'a 1)) (leaf (list 1)) (owned (list 1)))
