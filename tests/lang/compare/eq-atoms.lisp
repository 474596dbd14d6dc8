(println (eq 'red 'red) (eq 'red 'green) (eq 12 12) (eq nil '()) (eq t t) (eq t nil)) ; expect: t nil t t t nil
(println (eq "same" "same") (eq "same" "other") (eq 'a "a")) ; expect: t nil nil
(println (eq 1 1.0) (eq 1/2 1/2) (eq 1/2 0.5) (eq 2.5 2.5) (eq 0.0 -0.0)) ; expect: nil t nil t t
(println (eq 100000000000000000000 100000000000000000000)) ; expect: t
