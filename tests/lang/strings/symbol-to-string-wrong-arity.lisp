(symbol->string 'a 'b) ; expect error: symbol->string: expected 1 argument, got 2
