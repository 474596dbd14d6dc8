; What is taken apart one after the other ends together: one look at x tells whether anything ends at all.
; options: -fno-inline -fno-higher_order -fno-specialize -fno-unfold -fno-types -fno-simplify
(define (third x k) (k (car (cdr (cdr x)))))
(define (entries l k)
  (if (nil? l) (k nil) (let ((e (car l)) (rest (cdr l))) (let ((a (car e)) (b (cdr e))) (entries rest (cons a (cons b k)))))))
(define (later x) (lambda (k) (k (cdr (cdr x)))))
