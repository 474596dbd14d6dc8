(number->string 2.5 2) ; expect error: number->string: expected an exact number for this radix, got 2.5
