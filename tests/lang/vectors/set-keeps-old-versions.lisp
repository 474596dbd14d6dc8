(define (versions v n acc) (if (= n 0) acc (versions (vector-set v 0 n) (- n 1) (cons v acc))))
(println (versions (vector 0 0) 3 nil)) ; expect: (<<2 0>> <<3 0>> <<0 0>>)
(println (versions (vector 'a "b") 3 nil)) ; expect: (<<2 "b">> <<3 "b">> <<a "b">>)
