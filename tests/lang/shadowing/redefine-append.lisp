(label append (lambda (front back) (cond ((cons? front) (cons (car front) (append (cdr front) (cons 'sep back)))) (t back))))
(println (append '(1 2) '(3))) ; expect: (1 2 sep sep 3)
