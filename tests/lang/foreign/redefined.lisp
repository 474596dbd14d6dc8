; the second definition counts from then on
(foreign (labs (long) long))
(define (f x) (labs x))
(println (f -1)) ; expect: 1
(define (labs x) (list 'lisp x))
(println (f -1)) ; expect: (lisp -1)
(foreign (labs (long) long))
(println (f -1)) ; expect: 1
