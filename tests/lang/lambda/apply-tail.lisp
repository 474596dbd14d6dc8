(define (loop n) (if (= n 0) 'done (apply loop (list (- n 1)))))
(println (loop 300000)) ; expect: done
