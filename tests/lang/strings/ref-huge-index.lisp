(string-ref "abc" 18446744073709551616) ; expect error: string-ref: index 18446744073709551616 out of bounds for length 3
