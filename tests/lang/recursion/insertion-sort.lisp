(define (insert x l) (cond ((nil? l) (list x)) ((< x (car l)) (cons x l)) (t (cons (car l) (insert x (cdr l))))))
(define (isort l) (cond ((nil? l) nil) (t (insert (car l) (isort (cdr l))))))
(println (isort '(31 4 15 9 2 6))) ; expect: (2 4 6 9 15 31)
