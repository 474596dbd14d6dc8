(format "~d" 1/2) ; expect error: format: expected an integer, got 1/2
