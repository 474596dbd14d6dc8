(string-replace "abc" 5 "x") ; expect error: string-replace: expected a string, got 5
