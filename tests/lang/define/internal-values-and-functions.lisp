(define (f x)
  (define a (+ x 1))
  (define (g y) (+ a y b))
  (define b (* a 10))
  (g 1))
(println (f 1)) ; expect: 23
