(define (f n) (cond ((= n 0) 'out) (t (let ((m (- n 1))) (when t (progn (and t (or nil (f m)))))))))
(println (f 300000)) ; expect: out
