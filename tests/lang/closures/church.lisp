(label church3 (lambda (f) (lambda (x) (f (f (f x))))))
(println ((church3 (lambda (l) (cons 'i l))) nil)) ; expect: (i i i)
