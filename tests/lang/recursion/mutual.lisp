(label even* (lambda (k) (cond ((< k 1) t) (t (odd* (- k 1))))))
(label odd* (lambda (k) (cond ((< 0 k) (even* (- k 1))))))
(println (even* 40) (odd* 40) (even* 7)) ; expect: t nil nil
