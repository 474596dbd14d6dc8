(string->number 5) ; expect error: string->number: expected a string, got 5
