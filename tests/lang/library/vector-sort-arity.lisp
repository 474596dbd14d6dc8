(vector-sort) ; expect error: vector-sort: expected at least 1 argument, got 0
