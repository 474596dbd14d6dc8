(label nest (lambda (a) (lambda (b) (lambda (c) (lambda () (list a b c))))))
(println ((((nest 1) 2) 3))) ; expect: (1 2 3)
