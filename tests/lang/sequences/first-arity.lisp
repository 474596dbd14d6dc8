((lambda (f) (f 1 2)) first) ; expect error: first: expected 1 argument, got 2
