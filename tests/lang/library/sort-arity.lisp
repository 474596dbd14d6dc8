(sort) ; expect error: sort: expected at least 1 argument, got 0
