(string-replace "a" "b") ; expect error: string-replace: expected 3 arguments, got 2
