(string-contains 5 "a") ; expect error: string-contains: expected a string, got 5
