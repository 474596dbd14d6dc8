; What the halves of pairs can be: lists used as records, cell by cell; a search in pairs of key and value; a tree; a list built from its
; front; a literal.  A list the other way round has other cells.
; options: -fno-inline -fno-simplify -fno-unfold -fno-specialize
(define (insert n key) (if n (if (< key (car (cdr n))) (list (insert (car n) key) (car (cdr n)) (car (cdr (cdr n)))) (list (car n) (car (cdr n)) (insert (car (cdr (cdr n))) key))) (list nil key nil)))
(define (look key pairs) (if pairs (if (eq (car (car pairs)) key) (cdr (car pairs)) (look key (cdr pairs))) 'none))
(define (bind names values pairs) (if names (cons (cons (car names) (car values)) (bind (cdr names) (cdr values) pairs)) pairs))
(define (leaves tree) (if (cons? tree) (+ (leaves (car tree)) (leaves (cdr tree))) 1))
(println (insert (insert nil 3) 4) (look 'b (bind (list 'a 'b) (list 1 2.5) nil)) (leaves (cons (cons 1 2) 'x)))
(define (second l) (car (cdr l)))
(println (second '(a (b 1) "c")) (second (reverse (list 1 'x "s"))))
