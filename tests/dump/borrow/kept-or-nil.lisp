; A caller who passes nil keeps nothing and gives nothing away, so match is lent its list (and so is skip).  But a list that grows in
; front of nil is nobody else's (whnf's stack), nor is what is taken out of it.
; options: -fno-inline -fno-unfold -fno-specialize -fno-accumulate
(define some-list (vector-ref (list->vector (list list cons)) 0)) ; nothing is known of what it makes
(define (match pat dat) (cond ((nil? pat) (nil? dat)) ((nil? dat) (match (cdr pat) nil)) ((eq (car pat) '*) (skip (cdr pat) dat nil)) (t (if (eq (car pat) (car dat)) (match (cdr pat) (cdr dat)) nil))))
(define (skip pat dat skipped) (cond ((match pat dat) t) ((nil? dat) skipped) (t (skip pat (cdr dat) (cons (car dat) skipped)))))
(define (again n pat dat r) (if (= n 0) r (again (- n 1) pat dat (cons (match pat dat) r))))
(println (again 3 (some-list 1 '* 2) (some-list 1 3 2) nil))
(define (whnf e stack) (cond ((cons? e) (whnf (car e) (cons (cdr e) stack))) ((nil? stack) e) (t (whnf (car stack) (cons e (cdr stack))))))
(println (whnf (some-list 1 2) nil))
