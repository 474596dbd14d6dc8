(define (flatten x) (cond ((nil? x) nil) ((atom x) (list x)) (t (append (flatten (car x)) (flatten (cdr x))))))
(println (flatten '(1 (2 (3 4)) ((5))))) ; expect: (1 2 3 4 5)
