(define shared '(3 4))
(define one (cons 1 shared))
(define two (cons 2 shared))
(println one two shared) ; expect: (1 3 4) (2 3 4) (3 4)
(println (eq (cdr one) (cdr two))) ; expect: t
