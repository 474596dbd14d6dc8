(sort '(1) 5) ; expect error: sort: expected a function, got 5
