(reduce + 1) ; expect error: reduce: expected a list or another sequence, got 1
