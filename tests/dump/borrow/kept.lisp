; What every caller keeps is lent also where parts of it are put into something new: nothing of it could be used again.  Not so where one
; caller gives it away, or only asks afterwards what can be asked before.
; options: -fno-fuse -fno-inline -fno-unfold -fno-specialize
(define some-list (vector-ref (list->vector (list list cons)) 0)) ; nothing is known of what it makes
(define (check e names) (if (cons? e) (list (car e) (check (car (cdr e)) (cons (car e) names)) names) e))
(define (again n e r) (if (= n 0) r (again (- n 1) e (cons (check e nil) r))))
(println (again 3 (some-list 'a (some-list 'b 1)) nil))
(define (double e) (if (cons? e) (cons (car e) (cons (car e) (double (cdr e)))) e))
(define (twice e) (double (double e)))
(println (let ((l (some-list 1 "two" 3))) (list (double l) l (twice (some-list "one")))))
(define (raise n k) (if n (vector (raise (vector-ref n 0) k) (vector-ref n 1)) (vector nil k)))
(define (tall n k times) (if (= times 0) n (let ((m (raise n k))) (tall (if (and n (vector-ref n 0)) m (vector m k)) k (- times 1)))))
(println (tall nil "k" 5))
