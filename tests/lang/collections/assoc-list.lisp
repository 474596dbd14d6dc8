(%assoc '(1 2) 0 0) ; expect error: %assoc: expected a map or vector, got (1 2)
