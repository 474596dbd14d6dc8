; The rows above and below are read while the one between them is changed: they are lent to the loop, which counts nothing.
; options: -fno-unroll
(define (relax up row down n)
  (do ((j 1 (+ j 1))
       (row row (vector-set row j (+ (vector-ref row (- j 1)) (vector-ref up j) (vector-ref down j)))))
      ((= j (- n 1)) row)))
(define (sweep g n)
  (do ((i 1 (+ i 1))
       (g g (vector-set g i (relax (vector-ref g (- i 1)) (vector-ref g i) (vector-ref g (+ i 1)) n))))
      ((= i (- n 1)) g)))
(println (vector-ref (sweep (make-vector 9 (make-vector 9 1.5)) 9) 4))
