(println (number? 1) (number? 1.5) (number? 1/2) (number? 'one) (number? "1") (number? nil) (number? 100000000000000000000)) ; expect: t t t nil nil nil t
