(define (helper forms) (reverse forms))
(defmacro backwards (form) (helper form))
(println (backwards (3 10 -))) ; expect: 7
