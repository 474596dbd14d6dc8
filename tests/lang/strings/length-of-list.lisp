(string-length '(1)) ; expect error: string-length: expected a string, got (1)
