(for-each println) ; expect error: for-each: expected at least 2 arguments, got 1
