(string->number) ; expect error: string->number: expected 1 to 2 arguments, got 0
