(label old+ +)
(label + (lambda (a b) (old+ a (old+ b 1))))
(println (+ 1 1)) ; expect: 3
