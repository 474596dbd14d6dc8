(reduce +) ; expect error: reduce: expected at least 2 arguments, got 1
