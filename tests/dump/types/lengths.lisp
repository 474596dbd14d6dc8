; Lengths of vectors that are known, or within limits; a parameter that a loop hands on as it is keeps the range that it starts with.
; options: -fno-unroll
(define (fill v n x)
  (let loop ((i 0) (v v))
    (if (= i n)
        v
        (loop (+ i 1) (vector-set v i (+ x (vector-ref v i)))))))

(define (grow v k) ; of any length
  (if (= k 0) v (grow (vector-append v (vector k)) (- k 1))))

(define (cut v i) (subvector v 0 i))

(define (either flag) (if flag (make-vector 3 1.5) (vector 1.0 2.0 3.0 4.0 5.0)))

(define (sum v)
  (do ((i 0 (+ i 1)) (s 0.0 (+ s (vector-ref v i)))) ((>= i 3) s)))

(println (fill (make-vector 8 0) 8 2) (fill (list->vector (range 2 10)) 7 1) (grow (vector 1) 3) (cut (vector 1 2 3) 2)
         (sum (either (now))) (vector-length (either (now))) (< (vector-length (either nil)) 6))
