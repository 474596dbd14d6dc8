; Appending to a vector nobody else holds is in place, so that building it is linear.
(define (build v i) (if (= i 300000) v (build (vector-append v (vector i)) (+ i 1))))
(define v (build <<>> 0))
(println (vector-length v) (vector-ref v 0) (vector-ref v 299999)) ; expect: 300000 0 299999
(define (mixed v i) (if (= i 100000) v (mixed (vector-append v (vector i 'x 0.5)) (+ i 1))))
(define m (mixed (vector "s") 0))
(println (vector-length m) (subvector m 299995 300001)) ; expect: 300001 <<99998 x 0.5 99999 x 0.5>>
