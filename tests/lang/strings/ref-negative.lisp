(string-ref "abc" -1) ; expect error: string-ref: index -1 out of bounds for length 3
