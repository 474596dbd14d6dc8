(println ((lambda (f) (f 10)) (lambda (n) (* n n)))) ; expect: 100
(println ((lambda (f a b) (f a b)) + 3 4)) ; expect: 7
(println ((lambda (f) (f (f 2))) (lambda (k) (* k 3)))) ; expect: 18
