; Elements keep their types; a vector knows how it is stored; what a successful operation tells holds after it.
; options: -fno-inline -fno-unroll
(define (total list) (if (nil? list) 0.0 (+ (car list) (total (cdr list)))))
(define (first-of x) (let ((a (car x))) (cons a (cdr x))))
(println (total (list 1.5 2.5)) (first-of (%seq "ab")))
(println (vector-ref (vector-set (make-vector 3 0.0) 1 2.5) 1))
