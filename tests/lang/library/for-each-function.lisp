(for-each nil '(1)) ; expect error: for-each: expected a function, got nil
