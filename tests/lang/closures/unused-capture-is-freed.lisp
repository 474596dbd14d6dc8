(define (waste xs) (lambda () 1))
(define (loop n) (if (= n 0) 'ok (progn ((waste (list n n))) (loop (- n 1)))))
(println (loop 1000)) ; expect: ok
