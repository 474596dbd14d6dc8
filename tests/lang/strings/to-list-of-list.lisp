(string->list '(1)) ; expect error: string->list: expected a string, got (1)
