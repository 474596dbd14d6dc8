(slurp 5) ; expect error: slurp: expected a string, got 5
