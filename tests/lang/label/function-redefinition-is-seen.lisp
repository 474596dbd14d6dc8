(label g (lambda () (h)))
(label h (lambda () 'old))
(println (g)) ; expect: old
(label h (lambda () 'new))
(println (g)) ; expect: new
