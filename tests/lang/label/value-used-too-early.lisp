(println "before") ; expect: before
(println x) ; expect error: unbound variable: x
(label x 5)
