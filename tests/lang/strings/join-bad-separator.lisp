(string-join '("a") 1) ; expect error: string-join: expected a string, got 1
