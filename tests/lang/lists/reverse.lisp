(println (reverse '(7 8 9)) (reverse nil) (reverse '((1 2) 3))) ; expect: (9 8 7) nil (3 (1 2))
(define xs (list 1 2 3))
(println (reverse xs) xs) ; expect: (3 2 1) (1 2 3)
