(string-upcase "a" "b") ; expect error: string-upcase: expected 1 argument, got 2
