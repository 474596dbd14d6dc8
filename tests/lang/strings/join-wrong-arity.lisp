(string-join) ; expect error: string-join: expected 1 to 2 arguments, got 0
