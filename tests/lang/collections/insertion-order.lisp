(define m (%hash-map 'z 1 'a 2 'm 3))
(println m (%keys m) (%vals m) (%seq m)) ; expect: {z 1 a 2 m 3} (z a m) (1 2 3) (<<z 1>> <<a 2>> <<m 3>>)
(println (%assoc m 'a 9) (%assoc (%dissoc m 'z) 'z 0)) ; expect: {z 1 a 9 m 3} {a 2 m 3 z 0}
