(error? 1 2) ; expect error: error?: expected 1 argument, got 2
