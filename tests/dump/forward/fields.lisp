; Reads of a vector between changes of other places read the new version; a place that was written, or an older version that
; is needed anyway, stays as it is.
(define (move p) (vector-set (vector-set p 0 (+ (vector-ref p 0) (vector-ref p 2))) 1 (vector-ref p 2)))
(define (named p) (let ((q (vector-set p 0 1))) (vector-set q 1 (vector-ref p 2))))
(define (old p) (vector-set (vector-set p 0 1) 1 (vector-ref p 0)))
(define (kept p) (vector-set (vector-set p 0 1) 1 (cons p (vector-ref p 2))))
(define (next p) (vector-set (vector-set p 0 (+ (vector-ref p 0) (vector-ref p 2))) 1 (+ (vector-ref p 1) (vector-ref p 2))))
(println (next (if (= (random 2) 0) (vector 1.0 2.0 3.0) (vector 0.5 1.5 2.5))))
(define (swap v i j) (vector-set (vector-set v i (vector-ref v j)) j (vector-ref v i)))
(println (swap (vector 1 2) 0 1) (swap (vector "a" 2) 1 0))
; The read that comes first is behind a constant.
(define (add v i n) (if (= n 0) v (add (vector-set v i (+ 1 (vector-ref v i))) i (- n 1))))
(println (add (vector 1 2.5) 0 2) (add (vector "a" 2) 1 0))
