((lambda (f) (f)) range) ; expect error: range: expected 1 to 3 arguments, got 0
