(string-ref "abc" 1.0) ; expect error: string-ref: expected an integer index, got 1.0
