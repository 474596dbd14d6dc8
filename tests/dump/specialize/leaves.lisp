; options: -fno-inline -fno-unfold
; Terms whose leaves are numbers: the variant is for the other numbers alone, whatever the term is.  One for terms that are ints would be
; entered for leaves only.
(define (shift e d c) (cond ((integer? e) (if (< e c) e (+ e d))) ((eq (car e) 'lam) (list 'lam (shift (car (cdr e)) d (+ c 1)))) (t (list 'app (shift (car (cdr e)) d c) (shift (cdr (cdr e)) d c)))))
(println (shift '(lam (app 0 . 1)) 2 0))
