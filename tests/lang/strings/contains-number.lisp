(string-contains "a5" 5) ; expect error: string-contains: expected a string, got 5
