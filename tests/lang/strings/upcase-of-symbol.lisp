(string-upcase 'a) ; expect error: string-upcase: expected a string, got a
