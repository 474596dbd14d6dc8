; String builtins are ordinary values and names.
(define (each f xs) (if xs (cons (f (car xs)) (each f (cdr xs))) nil))
(println (each string-upcase '("a" "b")) (each string->symbol '("x" "y")) (apply string-append '("a" "b" "c"))) ; expect: ("A" "B") (x y) abc
(println (apply format '("~a+~a" 1 2)) (apply string<? '("a" "b")) (apply substring '("abc" 1))) ; expect: 1+2 t bc
(define (string-trim s) (list 'mine s))
(println (string-trim " a ")) ; expect: (mine " a ")
