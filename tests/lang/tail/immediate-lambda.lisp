(define (f n) ((lambda (m) (if (= m 0) 'inner (f m))) (- n 1)))
(println (f 300000)) ; expect: inner
