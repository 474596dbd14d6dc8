(define (first-of xs)
  (car xs)) ; expect error: car: expected a cons, got 7
(define (outer x)
  (list (first-of x)))
(outer 7)
