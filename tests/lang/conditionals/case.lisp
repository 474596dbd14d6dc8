(define (kind x) (case x ((1 2 3) 'small) ((a "b") 'name) ((nil) 'nothing) (else 'other)))
(println (kind 2) (kind 'a) (kind "b") (kind nil) (kind 9) (kind 1.0)) ; expect: small name name nothing other other
(println (case 5 ((1) 'one))) ; expect: nil
(println (case 5 ((1) 'one) (t 'default))) ; expect: default
