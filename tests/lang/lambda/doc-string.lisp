(define (f x) "Doubles x." (+ x x))
(define (g) "just a string")
(println (f 4) (g)) ; expect: 8 just a string
