; The index that an error shows has gone through a slow path that gives no value: it is still there.
(define (walk n v) (walk 0 (do ((i 0 (+ i 1)) (w v (vector-set w i (vector-ref w (- i 1))))) ((= i (vector-length v)) w)))) ; expect error: vector-ref: index -1 out of bounds for length 2
(walk 9 (list->vector '(0 18446744073709551619)))
