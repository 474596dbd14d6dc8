; An immediate lambda is a let, constant tests choose, pure values that nobody uses go away.
(define (f x)
  ((lambda (y) (if nil (car y) (progn 1 'unused (cons y y)))) x))
(define (g x) (if (not x) 'no 'yes))
