(println (eq (< 2 1) nil) (eq (< 2 1) (> 2 3)) (cons 1 (< 2 1))) ; expect: t t (1)
