(label g (lambda () (h))) ; expect error: unbound variable: h
(println "before") ; expect: before
(g)
(label h (lambda () 'later))
