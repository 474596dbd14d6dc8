(define (make n)
  (define (self) n)
  (define (get) self)
  (list self get))
(define pair (make '(x)))
(println (eq (car pair) ((car (cdr pair))))) ; expect: t
