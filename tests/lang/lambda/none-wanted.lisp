((lambda () 1) 2) ; expect error: expected 0 arguments, got 1
