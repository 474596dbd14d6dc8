(println (cons? '(1)) (cons? (cons 1 2)) (cons? nil) (cons? <<1>>) (cons? "x")) ; expect: t t nil nil nil
