(println "not printed")
(if) ; expect error: if
