(string-split "a b") ; expect error: string-split: expected 2 arguments, got 1
