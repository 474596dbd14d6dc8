(println (cons 1 2) (cons 'a nil) (cons 'x (cons 25 (cons "z" nil)))) ; expect: (1 . 2) (a) (x 25 "z")
(println (cons (cons 'l 'r) (cons 8 9)) (cons '(a b) '(c d))) ; expect: ((l . r) 8 . 9) ((a b) c d)
