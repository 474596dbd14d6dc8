((lambda (f) (f {})) get-in) ; expect error: get-in: expected 2 to 3 arguments, got 1
