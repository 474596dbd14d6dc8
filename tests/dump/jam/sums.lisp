; Turns of a loop around a loop that adds up floats run side by side, four at a time, where what they need is known ahead.  Not where the
; inner loop divides, has few turns, or ends by a test of what depends on the outer one; nor where the outer loop may end behind it.
; options: -fno-unfold
(define (dot a b) (do ((k 0 (+ k 1)) (sum 0.0 (+ sum (* (vector-ref a k) (vector-ref b k))))) ((= k (vector-length a)) sum)))
(define (total m v) (do ((i 0 (+ i 1)) (s 0.0 (+ s (dot (vector-ref m i) v)))) ((= i 9) s)))
(define v (list->vector (map inexact (range 30))))
(println (total (make-vector 9 v) v))
(define (divided x) (do ((k 0 (+ k 1)) (s 0.0 (+ s (/ x (+ k 1))))) ((= k 30) s)))
(println (do ((i 0 (+ i 1)) (s 0.0 (+ s (divided (* 0.5 i))))) ((= i 9) s)))
(define (short x) (do ((k 0 (+ k 1)) (s 0.0 (+ s (* x k)))) ((= k 10) s)))
(println (do ((i 0 (+ i 1)) (s 0.0 (+ s (short (* 0.5 i))))) ((= i 9) s)))
(define (until x) (do ((k 0 (+ k 1)) (s 0.0 (+ s x))) ((or (= k 50) (> s 9.0)) s)))
(println (do ((i 0 (+ i 1)) (s 0.0 (+ s (until (* 0.5 i))))) ((= i 9) s)))
(define (far x) (do ((k 0 (+ k 1)) (s 0.0 (+ s (* x k)))) ((= k 50) s)))
(define (first-far i) (let ((s (far (* 0.5 i)))) (if (> s 1000.0) i (if (= i 9) nil (first-far (+ i 1))))))
(println (first-far 0))
