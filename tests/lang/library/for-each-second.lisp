(for-each println '(1) 2) ; expect error: for-each: expected a list or another sequence, got 2
