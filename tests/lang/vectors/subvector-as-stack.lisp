; Cutting off the end of a vector nobody else holds is in place: the last item is read before.
(define (pop-all v n acc)
  (if (= n 0)
      (cons acc v)
      (let ((last (vector-ref v (- n 1)))) (pop-all (subvector v 0 (- n 1)) (- n 1) (+ acc last)))))
(println (pop-all (list->vector (range 100000)) 100000 0)) ; expect: (4999950000 . <<>>)
