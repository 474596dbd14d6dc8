(format "~b" 1.0) ; expect error: format: expected an integer, got 1.0
