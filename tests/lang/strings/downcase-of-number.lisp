(string-downcase 5) ; expect error: string-downcase: expected a string, got 5
