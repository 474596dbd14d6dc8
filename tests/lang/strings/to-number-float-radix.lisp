(string->number "5" 10.0) ; expect error: string->number: expected a radix from 2 to 36, got 10.0
