; A global defined once, before any use can run, is called directly; builtins become primitives; a redefined one stays a slot.
(define (square x) (* x x))
(define (later) (square (+ 1 2 3)))
(define slot 1)
(define slot 2)
(define (both f) (list slot (f 1) square (later)))
(println (lambda (a b c) (list (< a b c) (string<=? "a" b (string-append b c)) (< a 1 2))))
