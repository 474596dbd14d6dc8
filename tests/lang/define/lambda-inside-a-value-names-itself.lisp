(define (f)
  (define x (list (lambda () x))) ; expect error: used in its own value
  x)
