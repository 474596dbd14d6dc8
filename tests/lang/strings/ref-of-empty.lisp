(string-ref "" 0) ; expect error: string-ref: index 0 out of bounds for length 0
