(println ((lambda (+) (+ 6 7)) *)) ; expect: 42
(println ((lambda (car) (car 5)) (lambda (x) (list 'mine x)))) ; expect: (mine 5)
(println ((lambda (list) (cons list nil)) 'a)) ; expect: (a)
(println ((lambda (vector-ref) (vector-ref 20 22)) +)) ; expect: 42
