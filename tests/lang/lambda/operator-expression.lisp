(println ((cond (t (lambda (q) (list q q)))) 'twice)) ; expect: (twice twice)
(println ((car (list - +)) 9 4)) ; expect: 5
(println (((lambda (x) (lambda (y) (- x y))) 20) 8)) ; expect: 12
