(substring "hello" 1 6) ; expect error: substring: index 6 out of bounds for length 5
