(string-downcase) ; expect error: string-downcase: expected 1 argument, got 0
