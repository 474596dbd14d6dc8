; What a test says of two variables, it says of their difference: no index below 0, and nothing to carry.
; options: -fno-inline
(define (take best w x cap)
  (let loop ((c cap) (best best))
    (if (< c w)
        best
        (let ((with (+ x (vector-ref best (- c w)))))
          (loop (- c 1) (if (> with (vector-ref best c)) (vector-set best c with) best))))))
(define (apart i j) (if (> i j) (- i j) (- j i)))
(define (above i j) (if (< i j) (- j i) 1))
(define (outside i j) (+ (if (< i j) 1 2) (- j i)))
(println (vector-ref (take (make-vector 11 0) (+ 3 (random 2)) 5 10) 10))
(println (apart (random 10) (random 10)) (above (random 10) (random 10)) (outside (random 10) (random 10)))
