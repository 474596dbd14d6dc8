(string-contains "a") ; expect error: string-contains: expected 2 to 3 arguments, got 1
