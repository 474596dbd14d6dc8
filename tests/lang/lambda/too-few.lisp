(println "before") ; expect: before
((lambda (x) x)) ; expect error: expected 1 argument, got 0
