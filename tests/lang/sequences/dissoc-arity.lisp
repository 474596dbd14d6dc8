((lambda (f) (f {})) dissoc) ; expect error: dissoc: expected at least 2 arguments, got 1
