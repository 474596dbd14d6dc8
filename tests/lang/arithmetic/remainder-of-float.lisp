(remainder 1.5 2) ; expect error: remainder: expected an integer, got 1.5
