(number->string 5 1) ; expect error: number->string: expected a radix from 2 to 36, got 1
