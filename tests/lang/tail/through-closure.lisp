(define (step k) (lambda (n) (if (= n 0) k ((step k) (- n 1)))))
(println ((step 'stepped) 300000)) ; expect: stepped
