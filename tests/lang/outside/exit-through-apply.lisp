(define (leave f . xs) (try (apply f xs) (catch (e) (println "caught" e))))
(println 1) ; expect: 1
((lambda (k) (leave exit k)) 0)
(println 2)
