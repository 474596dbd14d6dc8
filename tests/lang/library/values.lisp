; Library functions are values like any other.
(println (apply map list '((1 2) (3 4)))) ; expect: ((1 3) (2 4))
(println ((lambda (f) (f number? '(1 a))) filter)) ; expect: (1)
(println map) ; expect: <lambda>
(println (map map (list - car) '((1) ((2))))) ; expect: ((-1) (2))
(println (eq map map)) ; expect: t
(println (let ((map 5)) map)) ; expect: 5
(println ((lambda (sort) (sort 1)) (lambda (x) (+ x 1)))) ; expect: 2
