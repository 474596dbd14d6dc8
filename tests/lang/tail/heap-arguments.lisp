(define (build n l) (if (= n 0) l (build (- n 1) (cons n l))))
(println (length (build 50000 nil))) ; expect: 50000
