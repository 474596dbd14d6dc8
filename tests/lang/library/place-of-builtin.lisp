(define (heads xs)
  (map car xs)) ; expect error: car: expected a cons, got 5
(println (heads '((1) (2)))) ; expect: (1 2)
(heads '((1) 5))
