(println (vector-ref (vector 'lo 'mid 'hi) 0) (vector-ref <<-1 -2 -3>> 2)) ; expect: lo -3
(println (vector-ref (vector-ref <<<<1 2>> <<3 4>>>> 1) 0)) ; expect: 3
