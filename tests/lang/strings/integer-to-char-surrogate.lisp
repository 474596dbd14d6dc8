(integer->char 55296) ; expect error: integer->char: expected a code point (0 to 1114111, no surrogate), got 55296
