((lambda (x) x) 1 2) ; expect error: expected 1 argument, got 2
