; A global that is defined once lends its value, and the parts of it, without counts.
(define table (vector (vector 1 2) "two"))
(define (at i j) (vector-ref (vector-ref table i) j))
(define (size i) (let ((row (vector-ref table (+ i 1)))) (string-length row)))
(define changed 1)
(define changed (list 1 2))
(println (at 0 1) (size 0) (length changed))
