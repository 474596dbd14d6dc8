(reduce + 1 '(2) 3) ; expect error: reduce: expected 2 to 3 arguments, got 4
