; options: -fno-unfold -fno-unroll
; A table of sums has a copy in which it is stored as ints; rows of a matrix made of nils, one in which they are vectors.
(define (fill table i step)
  (if (< i 0)
      table
      (fill (vector-set table i (+ step (vector-ref table i))) (- i 1) step)))
(println (fill (make-vector 5 0) 4 (length (command-line))))
(define (sum row j total)
  (if (= j 3) total (sum row (+ j 1) (+ total (vector-ref row j)))))
(println (sum (vector-ref (vector-set (make-vector 2 nil) 1 (make-vector 3 1.5)) 1) 0 0.0))
; Tested before it is read: no copy.
(define (last tree) (if (nil? tree) 0 (last (vector-ref tree 0))))
(println (last (vector (vector nil))))
; The names of what a change needs are bound before the new item is tested.
(define (counts s n) (do ((i 0 (+ i 1)) (v (make-vector 3 0) (let ((c (vector-ref s i))) (vector-set v c (+ 1 (vector-ref v c)))))) ((= i n) v)))
(println (counts (vector 0 2 2) (length (command-line))))
