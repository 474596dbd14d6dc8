(string-contains "abc" "a" 1/2) ; expect error: string-contains: expected an integer index, got 1/2
