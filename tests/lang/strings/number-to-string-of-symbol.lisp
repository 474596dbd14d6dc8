(number->string 'a) ; expect error: number->string: expected a number, got a
