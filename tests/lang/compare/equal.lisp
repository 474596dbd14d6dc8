(println (equal? '(1 (2 "x")) '(1 (2 "x"))) (equal? '(1) '(2)) (equal? <<1 2>> <<1 2>>)) ; expect: t nil t
(println (equal? 1 1.0) (equal? "a" "a") (equal? nil nil) (equal? 'a "a")) ; expect: nil t t nil
