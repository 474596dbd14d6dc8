(substring "hello" 3 nil) ; expect error: substring: expected an integer index, got nil
