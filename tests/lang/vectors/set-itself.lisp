(define v (vector 1 "two"))
(println (vector-set v 0 v) v) ; expect: <<<<1 "two">> "two">> <<1 "two">>
(define (nest v n) (if (= n 0) v (nest (vector-set v 0 v) (- n 1))))
(println (nest (vector 'x) 3)) ; expect: <<<<<<<<x>>>>>>>>
