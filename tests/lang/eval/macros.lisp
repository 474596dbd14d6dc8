; macros of the program serve evaluated code, and macros it defines stay
(defmacro unless2 (c e) `(if ,c nil ,e))
(println (eval '(unless2 nil 5))) ; expect: 5
(eval '(defmacro twice (e) `(list ,e ,e)))
(println (eval '(twice (+ 1 2)))) ; expect: (3 3)
(println (macroexpand '(twice x))) ; expect: (list x x)
(eval '(define (helper x) (list 'quote (list x x))))
(eval '(defmacro with-helper (x) (helper x)))
(println (eval '(with-helper a))) ; expect: (a a)
(println (eval '(progn (defmacro three () 3) (+ (three) 1)))) ; expect: 4
