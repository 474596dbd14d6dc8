(println "") ; expect: 
(println (list "") (length "")) ; expect: ("") 0
