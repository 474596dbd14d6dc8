(lambda (a a) 1) ; expect error: the parameter a occurs twice
