(define (go f)
  (apply f (list 1 nil))) ; expect error: filter: expected a function, got 1
(go filter)
