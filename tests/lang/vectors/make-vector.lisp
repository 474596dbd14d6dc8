(println (make-vector 3) (make-vector 2 'a) (make-vector 0) (make-vector 0 1.5)) ; expect: <<nil nil nil>> <<a a>> <<>> <<>>
(println (make-vector 3 7) (make-vector 2 1.5) (make-vector 2 "s") (make-vector 1 1/2)) ; expect: <<7 7 7>> <<1.5 1.5>> <<"s" "s">> <<1/2>>
(println (eq (vector-ref (make-vector 2 (list 1)) 0) (vector-ref (make-vector 2 (list 1)) 1))) ; expect: nil
(define v (make-vector 2 (list 1)))
(println (eq (vector-ref v 0) (vector-ref v 1))) ; expect: t
