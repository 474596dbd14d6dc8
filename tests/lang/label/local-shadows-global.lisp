(label go 'global)
(label use (lambda (n) ((label go (lambda (i) (cond ((= i 0) 'local) (t (go (- i 1)))))) n)))
(println (use 3) go) ; expect: local global
