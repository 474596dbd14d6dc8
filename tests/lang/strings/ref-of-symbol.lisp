(string-ref 'abc 1) ; expect error: string-ref: expected a string, got abc
