(integer->char 18446744073709551713) ; expect error: integer->char: expected a code point (0 to 1114111, no surrogate), got 18446744073709551713
