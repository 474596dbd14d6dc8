(println "before") ; expect: before
(-) ; expect error: -: expected at least 1 argument, got 0
