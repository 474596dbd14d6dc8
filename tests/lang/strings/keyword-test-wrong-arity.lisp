(keyword? 1 2) ; expect error: keyword?: expected 1 argument, got 2
