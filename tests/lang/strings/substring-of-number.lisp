(substring 5 0 1) ; expect error: substring: expected a string, got 5
