; The last use moves, earlier ones dup; what a branch does not use it drops at its start; borrowed operands cost nothing.
; options: -fno-specialize -fno-unfold -fno-types
(define (pair x) (cons x x))
(define (pick flag a b) (if flag (list a a) b))
(define (unused a b) a)
(define (sum xs total) (if (nil? xs) total (sum (cdr xs) (+ total (car xs)))))
