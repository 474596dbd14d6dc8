(println (append '(p q) '(r 4)) (append nil '(z)) (append '(z) nil) (append '(1) 2)) ; expect: (p q r 4) (z) (z) (1 . 2)
(println (append) (append '(1)) (append '(1) '(2) '(3)) (append nil nil)) ; expect: nil (1) (1 2 3) nil
