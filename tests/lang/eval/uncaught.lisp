(define (run form)
  (eval form)) ; expect error: car: expected a cons, got 5
(run '(car 5))
