(define (all-below n count) (or (= count 0) (let ((x (random n))) (and (integer? x) (<= 0 x) (< x n) (all-below n (- count 1))))))
(println (all-below 1 100) (all-below 3 10000) (all-below 9223372036854775807 10000) (all-below (expt 10 25) 10000)) ; expect: t t t t
(define (all-in-unit count) (or (= count 0) (let ((x (random))) (and (float? x) (<= 0 x) (< x 1) (all-in-unit (- count 1))))))
(println (all-in-unit 10000)) ; expect: t
