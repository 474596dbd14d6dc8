(println `(,@(list 1 2) 3) `(0 ,@(list 1 2)) `(a ,@nil b) `(,@'(1) ,@'(2 3) ,@nil)) ; expect: (1 2 3) (0 1 2) (a b) (1 2 3)
