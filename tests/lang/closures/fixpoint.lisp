(label fixpoint (lambda (g) ((lambda (h) (h h)) (lambda (h) (g (lambda (arg) ((h h) arg)))))))
(println ((fixpoint (lambda (self) (lambda (m) (cond ((< m 2) 1) (t (* (self (- m 1)) m)))))) 6)) ; expect: 720
