; Rounding gives an int back as it is, also one that was only found to be an int on the way here; likewise inexact and floats.
(define counter 7)
(define (whole? x) (< x 1000000000000000000000000))
(define (rounded x)
  (println (+ 1 (ceiling (if (< x 1000000000000000000000000) x x)))
           (+ 1 (floor (if (whole? x) x x)))
           (+ 1 (round (if (< -1000000000000000000000000 x) x 0)))
           (+ 1 (truncate (if (whole? x) x x)))
           (+ 1 (exact (if (whole? x) x x)))
           (+ 1 (inexact (if (< x 1e30) x x)))))
(rounded counter)     ; expect: 8 8 8 8 8 8.0
(define counter "seven")
(println (try (rounded counter) (catch (e) (error-message e)))) ; expect: <: expected a number, got "seven"
(println (+ 1 (ceiling (let ((x counter)) (if (number? x) (if (< x 1000000000000000000000000) x x) 2))))) ; expect: 3
(println (try (+ 1 (ceiling (let ((x counter)) (if (< x 1000000000000000000000000) x x)))) (catch (e) (error-message e)))) ; expect: <: expected a number, got "seven"
(define half 0.5)
(println (+ 1 (inexact (let ((x half)) (if (< x 1e30) x x))))) ; expect: 1.5
(define half 'none)
