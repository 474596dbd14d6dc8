; What was looked up in a table that lives on is held by that: rules ends late, because a tail call gives it away, and matches is lent its
; parts.  Not so what was looked up in a table that is made on the spot (count), or made by the look-up itself (fresh).  A global goes along in
; a tail call.
; options: -fno-inline -fno-unfold -fno-specialize -fno-accumulate -fno-fuse
(define (table-of n) (if (= n 0) nil (cons (cons n (list (list n 'one) (list n 'two))) (table-of (- n 1)))))
(define table (table-of 9))
(define (look n l) (cond ((nil? l) nil) ((= n (car (car l))) (cdr (car l))) (t (look n (cdr l)))))
(define (matches pattern term found) (if (cons? pattern) (matches (cdr pattern) (cdr term) (cons (car pattern) (cons pattern found))) found))
(define (rewrite term) (if (cons? term) (rewrite-by (list (rewrite (cdr term)) (car term)) (look (car term) table)) term))
(define (rewrite-by term rules)
  (cond ((nil? rules) term)
        ((matches (car rules) term nil) (rewrite (car (cdr (car rules)))))
        (t (rewrite-by term (cdr rules)))))
(println (rewrite (list 1 2 3)))
(define (count l n) (if (nil? l) n (count (cdr l) (cons (car l) n))))
(println (count (look 1 (table-of 3)) nil))
(define (fresh n l) (if (nil? l) (list n) (fresh n (cdr l))))
(println (count (fresh 1 table) nil))
(define (walk l n) (if (nil? l) (if (= n 0) n (again n)) (walk (cdr l) n)))
(define (again n) (walk table (- n 1)))
(println (again 3))
