(symbol? 1 2) ; expect error: symbol?: expected 1 argument, got 2
