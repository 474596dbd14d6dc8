(label with-inner (lambda (k) ((label walk (lambda (n) (cond ((= n 0) k) (t (walk (- n 1)))))) 5)))
(println (with-inner 'a) (with-inner 'b)) ; expect: a b
