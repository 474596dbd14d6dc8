(string->number "5" 37) ; expect error: string->number: expected a radix from 2 to 36, got 37
