(label later (lambda (n) 'first))
(label f (lambda (n) (if (= n 0) 'done (later (- n 1)))))
(label later f)
(println (f 1000000)) ; expect: done
