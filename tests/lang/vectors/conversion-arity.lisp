((lambda (f) (f '(1) 2)) list->vector) ; expect error: list->vector: expected 1 argument, got 2
