(define v <<2 3 5 7>>)
(define (sum i) (if (= i (vector-length v)) 0 (+ (vector-ref v i) (sum (+ i 1)))))
(println (sum 0)) ; expect: 17
