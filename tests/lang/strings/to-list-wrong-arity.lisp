(string->list) ; expect error: string->list: expected 1 argument, got 0
