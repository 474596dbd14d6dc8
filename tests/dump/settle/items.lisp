; Items of a vector that a loop holds alone, changed where they are; not one that comes from elsewhere, or is changed by a function.
; options: -fno-unroll
(define (start n) (vector-map (lambda (i) (vector (* 1.0 i) 0.5 0.25)) (list->vector (range n))))
(define (push ps i x) (let ((p (vector-ref ps i))) (vector-set ps i (vector-set (vector-set p 0 (+ x (vector-ref p 0))) 1 x))))
(define (pushed ps n) (if (= n 0) ps (pushed (push ps 0 1.5) (- n 1))))
(define (copied ps qs n) (if (= n 0) ps (copied (vector-set ps 0 (vector-set (vector-ref qs 0) 1 0.0)) qs (- n 1))))
(println (pushed (start 2) 3) (copied (start 2) (start 2) 3))
