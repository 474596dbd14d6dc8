(error) ; expect error: error: expected at least 1 argument, got 0
