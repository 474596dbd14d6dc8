(substring "hello" -1) ; expect error: substring: index -1 out of bounds for length 5
