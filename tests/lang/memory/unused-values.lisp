(define (f a b) 'ok)
(println (f (list 1 2) (list 3))) ; expect: ok
(progn (list 1 2 3) (cons 4 5) "dropped" (println "end")) ; expect: end
