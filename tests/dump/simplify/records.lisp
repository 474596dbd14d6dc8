; Small vectors that were just made: their fields are known, and where only these are wanted they are not made.  What is out of bounds
; is left to raise; operands keep their order; a vector that somebody sees is made, but its fields need not be read.
(define (sum-of-fields f) (let ((v (vector (f 1) (f 2) 3))) (+ (vector-ref v 0) (vector-ref v 1) (vector-length v))))
(define (direct f) (vector-ref (vector (f 1) (f 2)) 0))
(define (changed a b) (let* ((v (vector a b)) (w (vector-set v 0 (+ a b)))) (+ (vector-ref w 0) (vector-ref w 1) (vector-ref v 0))))
(define (built f) (vector-set (vector (f 1) (f 2)) 1 (f 3)))
(define (seen a) (let ((v (vector a (+ a 1)))) (list v (vector-ref v 1) (vector? v))))
(define (beyond a) (let ((v (vector a 1))) (vector-ref v 2)))
(define (unknown a i) (let ((v (vector a 1))) (vector-ref v i)))
(list sum-of-fields direct changed built seen beyond unknown)
