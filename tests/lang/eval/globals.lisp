; the program and what it evaluates share their globals, whoever defines them
(define x 10)
(define (scaled n) (* n x))
(println (eval 'x) (eval '(scaled 2))) ; expect: 10 20
(eval '(define x 3))
(println x (scaled 2)) ; expect: 3 6
(eval '(define (scaled n) (list n x)))
(println (scaled 2)) ; expect: (2 3)
(eval '(define (fresh n) (+ n later)))
(define later 100)
(println (fresh 1) (eval '(fresh 2))) ; expect: 101 102
(define (make n) (eval (list 'define 'made n)))
(println (make 7) made (eval 'made)) ; expect: 7 7 7
(define counter (list 1 2 3))
(eval '(define counter (cons 0 counter)))
(println counter) ; expect: (0 1 2 3)
(define (local-x x) (eval 'x))
(println (local-x 99)) ; expect: 3
(println (eval '(progn (define p 1) (define q (+ p 1)) (list p q))) q) ; expect: (1 2) 2
