(define v <<1 2 3 4>>)
(println (subvector v 1 3) (subvector v 0 4) (subvector v 2 2) (subvector v 4 4) v) ; expect: <<2 3>> <<1 2 3 4>> <<>> <<>> <<1 2 3 4>>
(define w (vector "a" 1 2 'z))
(println (subvector w 0 3) (subvector w 1 3) (subvector w 3 4) w) ; expect: <<"a" 1 2>> <<1 2>> <<z>> <<"a" 1 2 z>>
(println (subvector #pvec[1.5 2.5] 1 2) (subvector (vector "a" "b" "c") 0 2)) ; expect: #pvec[2.5] <<"a" "b">>
