(println '(1 (2 (3)) . 4) (cons nil (cons nil nil)) (cons 'a (cons 'b 3)) (list nil t nil)) ; expect: (1 (2 (3)) . 4) (nil nil) (a b . 3) (nil t nil)
