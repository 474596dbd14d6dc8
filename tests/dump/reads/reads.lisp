; What was read and has a name is not read again: also in branches and behind a name for a name, not where it is out of scope, not
; at another or computed place, not in a function inside.
(define (both x f) (let ((a (car x))) (f a (car x) (cdr x) (if a (vector (car x)) nil))))
(define (renamed x f) (let ((y x) (a (vector-ref x 1))) (let ((b (vector-ref y 1))) (f b a (vector-ref y 2)))))
(define (outside x f) (f (let ((a (f (cdr x)))) (cons a a)) (let ((b (cdr x))) (f b b)) (cdr x)))
(define (computed x i f) (let ((a (vector-ref x i))) (f a (vector-ref x i) a)))
(define (within x f) (let ((a (car x))) (f a a (lambda () (car x)))))
(println both renamed outside computed within)
