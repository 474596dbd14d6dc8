; Loops of the library and of the program itself, for a lambda with variables around it, a known function, a builtin.
(define (scaled k xs) (map (lambda (x) (* k x)) xs))
(define (total xs) (reduce + 0 xs))
(define (descending xs) (sort xs >))
(define (each f xs) (if (nil? xs) nil (progn (f (car xs)) (each f (cdr xs)))))
(define (show-all xs) (each println xs))
(define (unknown f xs) (map f xs))
