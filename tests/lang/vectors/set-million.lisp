; Each update is in place: quadratic time would not end.
(define (fill v i) (if (= i 1000000) v (fill (vector-set v i (* 2 i)) (+ i 1))))
(define (sum v i acc) (if (= i 1000000) acc (sum v (+ i 1) (+ acc (vector-ref v i)))))
(println (sum (fill (make-vector 1000000 0) 0) 0 0)) ; expect: 999999000000
(println (sum (fill (make-vector 1000000) 0) 0 0)) ; expect: 999999000000
(define (halves v i) (if (= i 1000000) v (halves (vector-set v i 0.5) (+ i 1))))
(println (sum (halves (make-vector 1000000 0.0) 0) 0 0)) ; expect: 500000.0
(println (sum (halves (make-vector 1000000 0) 0) 0 0)) ; expect: 500000.0
