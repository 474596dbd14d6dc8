(define (risky x)
  (car x)) ; expect error: car: expected a cons, got 5
(define (guarded x)
  (try (risky x)
    (catch (e)
      (raise e))))
(guarded 5)
