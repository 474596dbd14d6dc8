; Packed items; records; a second vector that may be the longer one and that nobody needs again; not when the results are stored otherwise.
; options: -fno-unroll
(define (halves v) (vector-map (lambda (x) (* 0.5 x)) v))
(define (moved ps) (vector-map (lambda (p) (vector-set p 0 (+ 1.0 (vector-ref p 0)))) ps))
(define (sum v w) (vector-map (lambda (x y) (+ x y)) v w))
(define (roots v) (vector-map (lambda (n) (sqrt (* 1.0 n))) v))
(define (main n)
  (let ((v (make-vector n 1.5)))
    (println (halves (make-vector n 1.5)) (moved (make-vector n (vector 1.0 2.0)))
             (sum v (make-vector (+ n 1) 0.25)) v (roots (make-vector n 4)))))
(main 3)
