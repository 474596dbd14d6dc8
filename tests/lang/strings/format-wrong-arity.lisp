(format) ; expect error: format: expected at least 1 argument, got 0
