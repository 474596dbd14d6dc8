(string-trim "a" " ") ; expect error: string-trim: expected 1 argument, got 2
