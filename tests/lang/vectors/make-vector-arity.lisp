((lambda (f) (f 1 2 3)) make-vector) ; expect error: make-vector: expected 1 to 2 arguments, got 3
