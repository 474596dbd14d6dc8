; A closure that lives on is lent to its code, with its arguments if these live on, too; in tail position only what this function was lent.
; options: -fno-inline -fno-higher_order -fno-specialize -fno-simplify -fno-unfold
(define (branch a b c) (lambda (env) (if (a env) (b env) (c env))))
(define (all fs x) (if fs (cons ((car fs) x) (all (cdr fs) x)) nil))
(define (twice f x) (f (f x)))
(define kept (list (branch car cdr list) (lambda (x) (twice car x))))
(list (all kept (list 1)) (all kept (list 2)))
