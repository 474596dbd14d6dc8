(range 1 5 0.0) ; expect error: range: expected a step other than zero, got 0.0
