(define (f a)
  (lambda (b)
    (let ((g (lambda (c) (+ a b c))))
      (lambda (d) (+ (g d) a)))))
(println (((f 1) 2) 3)) ; expect: 7
