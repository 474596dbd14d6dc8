(println `(a . ,(+ 1 2)) `(a b . c) `(,@'(1 2) . 3)) ; expect: (a . 3) (a b . c) (1 2 . 3)
