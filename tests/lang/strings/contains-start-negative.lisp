(string-contains "abc" "a" -1) ; expect error: string-contains: index -1 out of bounds for length 3
