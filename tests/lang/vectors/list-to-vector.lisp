(println (list->vector nil) (list->vector '(1 2)) (list->vector '(1.5 2.5)) (list->vector '(1 2.5 a))) ; expect: <<>> <<1 2>> <<1.5 2.5>> <<1 2.5 a>>
(println (vector->list <<>>) (vector->list <<1 2>>) (vector->list <<1.5>>) (vector->list (vector 'a "b"))) ; expect: nil (1 2) (1.5) (a "b")
(println (vector->list #pvec[1 2])) ; expect: (1 2)
(println (equal? (vector->list (list->vector (range 1000000))) (range 1000000))) ; expect: t
