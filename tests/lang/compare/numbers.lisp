(println (= 4 4) (= 4 5) (< -3 2) (< 2 2) (> 8 7.5) (<= 3 3) (>= 2 3)) ; expect: t nil t nil t t nil
(println (= 2 2.0) (= 3/2 1.5) (< 1/3 1/2) (> 2/3 0.6)) ; expect: t t t t
(println (= 0.0 -0.0) (= 0 0.0)) ; expect: t t
