(integer->char -1) ; expect error: integer->char: expected a code point (0 to 1114111, no surrogate), got -1
