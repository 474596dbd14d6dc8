(println "run time") ; expect: run time
(define x (progn (println "defining x") 1)) ; expect: defining x
(println x) ; expect: 1
