(integer->char 1114112) ; expect error: integer->char: expected a code point (0 to 1114111, no surrogate), got 1114112
