(define (f x)
  (defmacro double (e) `(* 2 ,e))
  (double (+ x 1)))
(println (f 4)) ; expect: 10
