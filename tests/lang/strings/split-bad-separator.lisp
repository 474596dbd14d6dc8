(string-split "a b" 'b) ; expect error: string-split: expected a string, got b
