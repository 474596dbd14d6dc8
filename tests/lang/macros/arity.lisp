(println "not printed")
(defmacro needs2 (a b) (list '+ a b))
(needs2 1) ; expect error: needs2: expected 2 arguments, got 1
