(string-ref "abc") ; expect error: string-ref: expected 2 arguments, got 1
