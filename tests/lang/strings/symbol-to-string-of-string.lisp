(symbol->string "a") ; expect error: symbol->string: expected a symbol, got "a"
