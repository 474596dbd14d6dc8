; prints when it is loaded: once, however many import it
(println "counter is loaded") ; expect: counter is loaded
(define start 10)
(define (next n) (+ n start))
