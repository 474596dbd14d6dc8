(string-trim 'a) ; expect error: string-trim: expected a string, got a
