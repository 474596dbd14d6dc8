(define (f k) (let loop ((n 3)) (if (= n 0) (list loop k) (loop (- n 1)))))
(define r (f '(keep)))
(println (car (cdr ((car r) 1)))) ; expect: (keep)
