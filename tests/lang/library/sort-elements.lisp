(sort '(1 a 2)) ; expect error: expected a number, got a
