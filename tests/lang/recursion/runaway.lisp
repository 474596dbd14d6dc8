(define (forever n) (+ 1 (forever (cons n n)))) ; expect error: recursion too deep
(println "start") ; expect: start
(forever 1)
