(symbol->string nil) ; expect error: symbol->string: expected a symbol, got nil
