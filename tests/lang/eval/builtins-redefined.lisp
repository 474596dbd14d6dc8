; a builtin that evaluated code redefines is redefined for everybody
(define (sum a b) (+ a b))
(println (sum 2 5)) ; expect: 7
(eval '(define (+ a b) (* a b)))
(println (sum 2 5) (eval '(+ 3 3))) ; expect: 10 9
(eval '(define car (lambda (x) 'mine)))
(println (car '(1))) ; expect: mine
