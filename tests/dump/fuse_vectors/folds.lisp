; Vectors made by vector-map and read once, in order, by a loop that can neither raise nor be seen, are not made: a fold, a chain of maps.
; They are where the reader prints, or may end early, or where the vector is used again.
(define (dot a b) (vector-fold + 0.0 (vector-map * a b)))
(define v (list->vector (map inexact (range 30))))
(println (dot v v))
(println (vector-map (lambda (x) (+ x 0.5)) (vector-map (lambda (x) (* x x)) v)))
(println (vector-fold (lambda (acc x) (println x) (+ acc x)) 0.0 (vector-map (lambda (x) (* x 2.0)) v)))
(println (let ((w (vector-map (lambda (x) (- x 1.0)) v))) (/ (vector-fold + 0.0 w) (vector-ref w 0))))
