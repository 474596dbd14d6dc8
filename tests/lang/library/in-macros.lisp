; Macro bodies use the library at compile time, directly and through functions of the program.
(defmacro sum-of xs (cons '+ (map (lambda (x) (list '* x 2)) xs)))
(println (sum-of 1 2 3)) ; expect: 12
(define (keep-numbers xs) (filter number? xs))
(defmacro numbers xs (cons 'list (sort (keep-numbers xs))))
(println (numbers b 3 a 1 2)) ; expect: (1 2 3)
(println (map - '(1))) ; expect: (-1)
