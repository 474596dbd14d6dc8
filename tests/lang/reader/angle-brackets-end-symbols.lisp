(println '<<a b>>) ; expect: <<a b>>
(println (vector-length '<<a>>)) ; expect: 1
(println '(< <= > >=)) ; expect: (< <= > >=)
