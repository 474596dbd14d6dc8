(define x 5)
(define (twice n) (* 2 n))
(println x (twice x) (define y 7) y) ; expect: 5 10 7 7
