(define (square x) (* x x))
(defmacro square-now (n) (square n))
(println (square-now 9) (square 5)) ; expect: 81 25
