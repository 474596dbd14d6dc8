(substring "a") ; expect error: substring: expected 2 to 3 arguments, got 1
