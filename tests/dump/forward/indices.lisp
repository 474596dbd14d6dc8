; An index that is computed is so before the vector is taken, once where it is computed for the old item as well; numbers and what is
; on the heap.
; options: -fno-inline
(define (count h c) (vector-set h (- c 97) (+ 1 (vector-ref h (- c 97)))))
(println (count (count (make-vector 26 0) 98) 99) (count (vector 9223372036854775807) 97))
(define (put h k n) (vector-set h (remainder k n) (cons k (vector-ref h (remainder k n)))))
(println (put (put (make-vector 4 nil) 5 4) 9 4))
(define (next v i) (vector-set v (+ i 1) (+ (vector-ref v (- i 1)) (vector-ref v i))))
(println (next (vector 1 2 3) 1))
(define (other v w i) (vector-set v (+ i 1) (vector-ref w (+ i 1))))
(println (other (vector 1 2) (vector 3 4) 0))
