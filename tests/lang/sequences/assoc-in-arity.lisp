((lambda (f) (f {} '(1))) assoc-in) ; expect error: assoc-in: expected 3 arguments, got 2
