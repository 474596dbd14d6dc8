(label x 'global)
(label get-x (lambda () x))
(println ((lambda (x) (get-x)) 'dynamic) ((lambda (x) ((lambda (y) x) 1)) 'param)) ; expect: global param
