(println (let ((x 1)) (let ((x (+ x 1)) (y x)) (list x y)))) ; expect: (2 1)
