; A record made again with a field changed, on one of two ways; one of another length; fields at other places, of which one stays.
; options: -fno-inline -fno-structs
(define (mark n deep) (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2))) (if deep (vector a nil c) (list a c))))
(define (shorter n) (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2))) (vector a b nil)))
(define (turn n) (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2))) (vector a c b nil)))
(define (none n) (let ((a (vector-ref n 0)) (b (vector-ref n 1))) (vector b a nil)))
(define (kept n) (list n (vector (vector-ref n 0) "x")))
(println (mark (vector "a" "b" "c") 1) (shorter (vector "a" "b" "c")) (turn (vector "a" "b" "c" "d")) (none (vector "a" "b" "c")))
(println (mark (vector "a" "b" "c") nil) (shorter (vector 1 2 "c" 4)) (kept (vector "a" "b")))
