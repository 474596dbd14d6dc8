(println (let* ((x 1) (y (+ x 1)) (z (* y 10))) (list x y z)) (let* () 1)) ; expect: (1 2 20) 1
