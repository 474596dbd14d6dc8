(string-join 5) ; expect error: string-join: expected a list or another sequence, got 5
