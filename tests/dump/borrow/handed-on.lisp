; An environment that an evaluator keeps and hands on to itself is shared: it is lent to who searches it.  A list that is built for the
; search alone is owned.
; options: -fno-inline
(define (lookup x env) (if (eq x (car (car env))) (cdr (car env)) (lookup x (cdr env))))
(define (value e env) (cond ((cons? e) (list (value (car e) env) (value (cdr e) env))) ((number? e) (cons e env)) (t (lookup e env))))
(define (search x xs) (cond ((nil? xs) nil) ((eq x (car xs)) t) (t (search x (cdr xs)))))
(define (build n) (if (= n 0) nil (cons n (build (- n 1)))))
(define some-list (vector-ref (list->vector (list list cons)) 0)) ; nothing is known of what it makes
(println (value (some-list 'a 1 'b) (list (cons 'a 2) (cons 'b 3))) (search 3 (build 5)))
