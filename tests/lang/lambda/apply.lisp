(println (apply + '(1 2 3)) (apply + 1 2 '(3 4)) (apply list nil) (apply (lambda (x . y) (list x y)) '(1 2))) ; expect: 6 10 nil (1 (2))
(println (apply apply (list + (list 1 2)))) ; expect: 3
(define my-apply apply)
(println (my-apply max-of '((1 5 3)))) ; expect error: unbound variable: max-of
