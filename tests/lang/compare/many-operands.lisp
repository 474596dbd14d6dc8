(println (< 1 2 3 4) (< 1 3 2) (= 7 7 7) (>= 3 3 2) (> 3 2 2)) ; expect: t nil t t nil
(println (< 5) (= 'x 'x)) ; expect error: =: expected a number, got x
