(integer->char 1 2) ; expect error: integer->char: expected 1 argument, got 2
