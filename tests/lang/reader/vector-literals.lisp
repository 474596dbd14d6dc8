(println <<4 5 6>> <<>>) ; expect: <<4 5 6>> <<>>
(println <<<<1>> <<2 3>>>>) ; expect: <<<<1>> <<2 3>>>>
(println '<<u v>>) ; expect: <<u v>>
