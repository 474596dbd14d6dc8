(define (call f x) (f x)) ; expect error: car: expected a cons, got 3
(println (call car '(1))) ; expect: 1
(call car 3)
