; eval: any form, in the global environment
(println (eval 5) (eval "s") (eval nil) (eval :k) (eval ''a)) ; expect: 5 s nil :k a
(println (eval '(+ 1 2)) (eval (list '+ 1 2)) (eval '((lambda (x y) (- x y)) 5 3))) ; expect: 3 3 2
(println (eval '(let ((a 1) (b 2)) (list a b)))) ; expect: (1 2)
(println (eval <<1 (+ 1 1)>>) (eval '{1 (+ 1 1)})) ; expect: <<1 2>> {1 2}
(println (eval '(if nil 1)) (eval '(quote (a . b)))) ; expect: nil (a . b)
(println (eval (list 'quote (list 1 2 3)))) ; expect: (1 2 3)
(println (eval '(eval '(eval (list '* 6 7))))) ; expect: 42
(define evaluate eval)
(println (evaluate '(list 1)) (apply eval '((+ 2 2)))) ; expect: (1) 4
(println (eval '(try (car 1) (catch (e) (error-data e))))) ; expect: (1)
(println (eval '(do ((i 0 (+ i 1)) (acc nil (cons i acc))) ((= i 3) acc)))) ; expect: (2 1 0)
