; A loop goes on in a copy of it when its vector is unique; what it calls with that has a copy, too; a loop that keeps its vector
; elsewhere has none.
; options: -fno-unroll
(define (swap v i j) (let ((x (vector-ref v i))) (vector-set (vector-set v i (vector-ref v j)) j x)))
(define (turn v i j) (if (< i j) (turn (swap v i j) (+ i 1) (- j 1)) v))
(define (turns v n) (if (= n 0) v (turns (turn v 0 (- n 1)) (- n 1))))
(define (trail v i out) (if (= i 3) out (trail (vector-set v i 0) (+ i 1) (cons v out))))
(define start (list->vector (range 5)))
(println (turns start 5) (turns (vector 1 2) 2) (trail start 0 nil) start)
