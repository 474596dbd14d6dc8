(println (vector-map - <<1 2 3>>)) ; expect: <<-1 -2 -3>>
(println (vector-map + <<1 2 3>> <<10 20>>)) ; expect: <<11 22>>
(println (vector-map list <<1 2>> #pvec[3 4] <<5 6>>)) ; expect: <<(1 3 5) (2 4 6)>>
(println (vector-map - <<>>)) ; expect: <<>>
(println (vector-map (lambda (x) (/ x 2.0)) <<1 2>>)) ; expect: <<0.5 1.0>>
(println (vector-fold + 0 <<1 2 3>>)) ; expect: 6
(println (vector-fold list 'z <<1 2>>)) ; expect: ((z 1) 2)
(println (vector-fold (lambda (acc x) (if (= x 3) (%reduced acc) (+ acc x))) 0 <<1 2 3 4>>)) ; expect: 3
(println (vector-fold + 7 <<>>)) ; expect: 7
(println (vector-for-each println <<1 "two">>)) ; expect: 1
; expect: two
; expect: nil
(println (vector-sort <<3 1 2>>)) ; expect: <<1 2 3>>
(println (vector-sort <<3 1 2>> >)) ; expect: <<3 2 1>>
(println (vector-sort <<>>)) ; expect: <<>>
(println (vector-sort #pvec[2.5 1])) ; expect: <<1 2.5>>
