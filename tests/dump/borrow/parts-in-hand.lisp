; What is passed as a whole while parts of it are needed later is kept: the callee is lent it, and counts what it puts into its result.
; options: -fno-inline -fno-unfold -fno-specialize -fno-lend
(define (names e acc) (if (cons? e) (names (cdr e) (names (car e) acc)) (if (symbol? e) (cons (cons e e) acc) acc)))
(define (parts e acc) (if (cons? e) (parts (cdr e) (parts (car e) (cons e acc))) acc))
(define (lift e) (if (cons? e) (cons (cons (names e nil) (parts e nil)) (cons (lift (car e)) (lift (cdr e)))) e))
(define (make n) (if (= n 0) 'x (list (list 'f n) (make (- n 1)))))
(println (lift (make 3)))
