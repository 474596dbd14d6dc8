(string->symbol) ; expect error: string->symbol: expected 1 argument, got 0
