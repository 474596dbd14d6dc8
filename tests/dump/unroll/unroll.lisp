; Loops over few elements are written out where their number is known: of vectors made here, or passed by every caller, or made by such
; a loop; also one that changes the elements one after the other; not more elements than eight, and not where a vector may be another.
(define (times-from k v i n out)
  (if (= i n) out (times-from k v (+ i 1) n (if (= i 0) (make-vector n (* k (vector-ref v i))) (vector-set out i (* k (vector-ref v i)))))))
(define (times k v) (times-from k v 0 (vector-length v) nil))
(define (walk n v) (if (= n 0) v (walk (- n 1) (times 0.5 v))))
(println (walk 3 (vector 1.0 2.0)))
(define (sums v) (do ((i 1 (+ i 1)) (v v (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1)))))) ((= i 3) v)))
(define (sums-of n v) (if (= n 0) v (sums-of (- n 1) (sums v))))
(println (sums-of 2 (vector 1 2 3)))
(define (total v i n sum) (if (= i n) sum (total v (+ i 1) n (+ sum (vector-ref v i)))))
(define (mean v) (/ (total v 0 (vector-length v) 0) (vector-length v)))
(println (mean (vector 1 2 3 4 5 6 7 8 9)) (mean (vector 1)))
