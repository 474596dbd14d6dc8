(string-contains "abc" "a" 4) ; expect error: string-contains: index 4 out of bounds for length 3
