(range 0 'a) ; expect error: range: expected a number, got a
