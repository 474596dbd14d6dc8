; What each field of a short vector can be: a tree, whose nodes become one record; one of two lengths, told apart by its first field;
; a machine whose state is changed at constant and at computed places; two that never meet; one that lies beside another in a list.
; options: -fno-inline -fno-simplify -fno-unfold -fno-specialize
(define (insert n key) (if n (if (< key (vector-ref n 1)) (vector (insert (vector-ref n 0) key) (vector-ref n 1) (vector-ref n 2)) (vector (vector-ref n 0) (vector-ref n 1) (insert (vector-ref n 2) key))) (vector nil key nil)))
(define (value e) (if (eq (vector-ref e 0) 'number) (vector-ref e 1) (+ (value (vector-ref e 1)) (value (vector-ref e 2)))))
(define (run state n) (if (= n 0) state (run (vector-set (vector-set state 0 (+ n 1)) 2 (if (= n 5) 'done nil)) (- n 1))))
(define (spoil pair i) (vector-set pair i "text"))
(println (insert (insert nil 3) 4) (value (vector 'sum (vector 'number 1) (vector 'number 2.5))))
(println (run (vector 0 "name" nil) 10) (spoil (vector 1 nil) (if (random 2) 0 1)) (vector-ref (vector nil 7) 1))
(define (first-of l) (vector-ref (car l) 0))
(println (first-of (list (vector 'a 1) (vector "b" nil))))
; A test of two things says of the first that it is no nil.
(define (node-or-none n) (if (if n (vector-ref n 1) nil) n 'none))
(println (node-or-none nil) (node-or-none (insert nil 3)))
