(format 'a) ; expect error: format: expected a string, got a
