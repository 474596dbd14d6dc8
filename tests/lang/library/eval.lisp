; Forms evaluated at run time use the library; a program's definitions are seen by them, and the other way round.
(println (eval '(map - '(1 2)))) ; expect: (-1 -2)
(println (map - '(3))) ; expect: (-3)
(println (eval '(sort '(3 1 2) >))) ; expect: (3 2 1)
(define old-filter filter)
(define (filter f xs) (cons 'mine (old-filter f xs)))
(println (eval '(filter number? '(a 1)))) ; expect: (mine 1)
(println (filter number? '(b 2))) ; expect: (mine 2)
(eval '(define (reduce x) (list 'new x)))
(define (use x) (reduce x))
(println (use 1)) ; expect: (new 1)
(println (eval '(vector-fold + 0 <<1 2>>))) ; expect: 3
