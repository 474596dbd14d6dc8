(println ((lambda (x) x) 'self) ((lambda (x y) (+ (* 10 x) y)) 4 2) ((lambda () 'none))) ; expect: self 42 none
(println ((lambda (a b c d e) (list e d c b a)) 1 2 3 4 5)) ; expect: (5 4 3 2 1)
