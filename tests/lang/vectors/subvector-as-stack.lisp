; Cutting off the end of a vector nobody else holds is in place.
(define (pop-all v n acc)
  (if (= n 0) (cons acc v) (pop-all (subvector v 0 (- n 1)) (- n 1) (+ acc (vector-ref v (- n 1))))))
(println (pop-all (list->vector (range 100000)) 100000 0)) ; expect: (4999950000 . <<>>)
