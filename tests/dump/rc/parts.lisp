; A part of a living whole is not counted.  Where the whole ends the parts that are still used are kept, on the paths that use them.
; options: -fno-inline -fno-higher_order -fno-specialize -fno-unfold -fno-types
(define (swap p) (let ((a (car p)) (b (cdr p))) (cons b a)))
(define (pick p flag) (let ((a (car p))) (if flag p (list a flag))))
(define (both p) (let ((a (car p))) (cons p a)))
(define (look p) (let ((a (car p))) (if (nil? a) 1 2)))
(define (deep v) (let ((p (vector-ref v 0))) (let ((a (car p))) (vector-set v 0 (list a)))))
(define (tried p) (let ((a (car p))) (try (cons a p) (catch (e) a))))
