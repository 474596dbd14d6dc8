(define (grow v n) (if (= n 0) v (grow (%conj v n) (- n 1))))
(define v (grow <<>> 100000))
(println (vector-length v) (vector-ref v 0) (vector-ref v 99999)) ; expect: 100000 100000 1
(define p (grow #pvec[] 1000))
(println (vector-length p) (vector-ref p 1)) ; expect: 1000 999
