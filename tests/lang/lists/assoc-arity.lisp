((lambda (f) (f 1)) assoc) ; expect error: assoc: expected at least 2 arguments, got 1
