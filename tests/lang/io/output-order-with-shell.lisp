(println "first") ; expect: first
(println (cdr (car (shell "echo second | tr a-z A-Z")))) ; expect: SECOND
; expect: 
(println "third") ; expect: third
