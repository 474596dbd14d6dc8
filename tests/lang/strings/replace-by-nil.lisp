(string-replace "abc" "b" nil) ; expect error: string-replace: expected a string, got nil
