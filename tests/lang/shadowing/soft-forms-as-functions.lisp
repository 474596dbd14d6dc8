(label when (lambda (x) (* x 10)))
(println (when 4)) ; expect: 40
(label and (lambda (p q) (cond ((not p) 'neither) (q 'both) (t 'half))))
(println (and 1 2) (and 1 nil)) ; expect: both half
