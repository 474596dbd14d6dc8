(list (list 1 2) (cons 3 4) (+ 1 (car nil)) (list 5)) ; expect error: car
