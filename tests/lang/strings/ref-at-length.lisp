(string-ref "aé" 2) ; expect error: string-ref: index 2 out of bounds for length 2
