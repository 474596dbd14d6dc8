(sort 5) ; expect error: sort: expected a list or another sequence, got 5
