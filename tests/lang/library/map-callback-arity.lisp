(map (lambda (a b) a) '(1)) ; expect error: expected 2 arguments, got 1
