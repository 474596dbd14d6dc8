(label g (lambda () (h)))
(label h (lambda () 'later))
(println (g)) ; expect: later
