(reduce + 0 1) ; expect error: reduce: expected a list or another sequence, got 1
