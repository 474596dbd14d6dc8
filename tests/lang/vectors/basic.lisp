(println (vector 11 22 33) (vector) (vector 'a "b" 3/4 nil t) (vector (+ 1 1) (* 2 3))) ; expect: <<11 22 33>> <<>> <<a "b" 3/4 nil t>> <<2 6>>
(println (vector-length (vector 5 6 7 8)) (vector-length <<>>)) ; expect: 4 0
