(println '(1e 1/ - -x +5 1+ 1.5/2 --1)) ; expect: (1e 1/ - -x +5 1+ 1.5/2 --1)
(println (number? '1e) (number? '+5) (number? '1e5)) ; expect: nil nil t
