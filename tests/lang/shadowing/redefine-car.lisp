(println (car '(1 2))) ; expect: 1
(label old-car car)
(label car (lambda (x) 'my-car))
(println (car '(1 2)) (old-car '(1 2))) ; expect: my-car 1
