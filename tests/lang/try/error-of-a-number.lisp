(error 5) ; expect error: error: expected a string as message, got 5
