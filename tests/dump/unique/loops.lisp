; A fresh vector that a loop changes is changed without a test; one that somebody else holds, lends to an error or keeps is not.
; options: -fno-unroll
(define (fill v i) (if (= i 10) v (fill (vector-set v i i) (+ i 1))))
(define (fresh) (fill (make-vector 10 0) 0))
(define (fill-shared v i) (if (= i 10) v (fill-shared (vector-set v i 0) (+ i 1))))
(define (both v) (cons v (fill-shared v 0)))
(define (pair) (both (fresh)))
(define (caught v) (try (string-length v) (catch (e) (vector-set v 0 e))))
(define (lent) (caught (make-vector 1 0)))
(println (fresh) (pair) (lent))
