(for-each println 1.5) ; expect error: for-each: expected a list or another sequence, got 1.5
