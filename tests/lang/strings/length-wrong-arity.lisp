(string-length) ; expect error: string-length: expected 1 argument, got 0
