(define (f)
  (define x (+ x 1)) ; expect error: x
  x)
