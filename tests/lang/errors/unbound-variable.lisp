(println "one") ; expect: one
(println undefined-thing) ; expect error: unbound variable: undefined-thing
(println "two")
