; functions made by eval are functions like others
(define add (eval '(lambda (a) (lambda (b) (+ a b)))))
(println ((add 1) 2)) ; expect: 3
(define (twice f x) (f (f x)))
(println (twice (eval '(lambda (n) (* n n))) 3)) ; expect: 81
(println (apply (eval '(lambda (a . rest) (list a rest))) '(1 2 3))) ; expect: (1 (2 3))
(eval '(define (loop n acc) (if (= n 0) acc (loop (- n 1) (cons n acc)))))
(println (length (loop 100000 nil))) ; expect: 100000
(define (back n) (if (= n 0) 'bottom (eval (list 'forth n))))
(eval '(define (forth n) (back (- n 1))))
(println (back 1000)) ; expect: bottom
(println (eval '(eq car car)) (eq (eval 'car) car)) ; expect: t t
