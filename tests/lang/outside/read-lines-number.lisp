(read-lines 5) ; expect error: read-lines: expected a string, got 5
