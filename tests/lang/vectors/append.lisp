(println (vector-append) (vector-append <<1>>) (vector-append <<>> <<>>)) ; expect: <<>> <<1>> <<>>
(println (vector-append <<1 2>> <<3>> <<>> <<4>>) (vector-append <<>> <<1.5>>)) ; expect: <<1 2 3 4>> <<1.5>>
(println (vector-append <<1>> <<1.5>>) (vector-append <<1.5>> <<"a">> <<2>>)) ; expect: <<1 1.5>> <<1.5 "a" 2>>
(define v (vector 1 2))
(println (vector-append v v v) (vector-append (vector 'a) v) v) ; expect: <<1 2 1 2 1 2>> <<a 1 2>> <<1 2>>
(println (vector-append #pvec[1] <<2>>) (vector-append <<1>> #pvec[2])) ; expect: #pvec[1 2] <<1 2>>
