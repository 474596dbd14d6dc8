(define v <<1 2 3>>)
(println (vector-set v 1 'x) (vector-set v 0 9) (vector-set v 2 0.5) v) ; expect: <<1 x 3>> <<9 2 3>> <<1 2 0.5>> <<1 2 3>>
(println (vector-set (vector 1.5 2.5) 1 -0.0) (vector-set (vector 1.5 2.5) 1 2)) ; expect: <<1.5 -0.0>> <<1.5 2>>
(println (vector-set (vector "a" "b") 0 "c") (vector-set #pvec[1 2] 1 5)) ; expect: <<"c" "b">> #pvec[1 5]
(println ((lambda (f) (f (vector 1 2) 0 3)) vector-set)) ; expect: <<3 2>>
