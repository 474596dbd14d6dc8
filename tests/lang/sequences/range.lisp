(println (range 4) (range 0) (range -3) (range 2 5) (range 5 2) (range 2 2)) ; expect: (0 1 2 3) nil nil (2 3 4) nil nil
(println (range 0 10 3) (range 10 0 -3) (range 0 9 3) (range 9 0 -3) (range 0 5 -1) (range 5 0 1)) ; expect: (0 3 6 9) (10 7 4 1) (0 3 6) (9 6 3) nil nil
(println (range 1/2 3) (range 0 1 1/4) (range 1 0 -1/3)) ; expect: (1/2 3/2 5/2) (0 1/4 1/2 3/4) (1 2/3 1/3)
(println (range 0.0 1 0.25) (range 3.5) (range 1 0 -0.5)) ; expect: (0.0 0.25 0.5 0.75) (0 1 2 3) (1.0 0.5)
(println (length (range 1000000)) (nth (range 1000000) 999999)) ; expect: 1000000 999999
