(string-replace 5 "a" "x") ; expect error: string-replace: expected a string, got 5
