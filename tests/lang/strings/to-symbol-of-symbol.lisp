(string->symbol 'a) ; expect error: string->symbol: expected a string, got a
