; What every caller keeps is lent also where it is put into something new itself: there it is counted, not by each caller.
; options: -fno-inline -fno-unfold -fno-specialize -fno-lend
(define some-list (vector-ref (list->vector (list list cons)) 0)) ; nothing is known of what it makes
(define (match x p s) (if (cons? p) (if (cons? x) (match (cdr x) (cdr p) (match (car x) (car p) s)) 'no) (cons (cons p x) s)))
(define (again n x p r) (if (= n 0) r (again (- n 1) x p (cons (match x p nil) r))))
(println (again 3 (some-list 'a (some-list 'b 1)) (some-list 'x (some-list 'y 'z)) nil))
