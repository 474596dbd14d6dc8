(println "never printed")
(println (lambda (1) 2)) ; expect error: symbol
