(+ 'a) ; expect error: +: expected a number, got a
