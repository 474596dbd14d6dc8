(println ((lambda (x) (list x ((lambda (x) (+ x 1)) x) x)) 10)) ; expect: (10 11 10)
