(number->string) ; expect error: number->string: expected 1 to 2 arguments, got 0
