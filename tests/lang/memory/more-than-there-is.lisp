; What no machine has is asked for: an ordinary error, before anything is taken.
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (make-vector 1000000000000000 0)))) ; expect: out of memory
(println (message (lambda () (length (range 0 1000000000000000))))) ; expect: out of memory
(println (message (lambda () (length (range 0.5 100000000000000))))) ; expect: out of memory
(println "still here") ; expect: still here
(println (vector-length (make-vector 1000000000000000 nil))) ; expect error: out of memory
