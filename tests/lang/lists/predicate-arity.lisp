((lambda (f) (f 1 2)) list?) ; expect error: list?: expected 1 argument, got 2
