(println (atom 'a) (atom 1) (atom "s") (atom nil) (atom '(1)) (atom (cons 1 2)) (atom <<1>>) (atom car)) ; expect: t t t t nil nil t t
