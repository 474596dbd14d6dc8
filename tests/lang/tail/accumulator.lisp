(label sum-to (lambda (n acc) (cond ((= n 0) acc) (t (sum-to (- n 1) (+ n acc))))))
(println (sum-to 10000 0) (sum-to 1000000 0)) ; expect: 50005000 500000500000
