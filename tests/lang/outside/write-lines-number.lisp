(write-lines "never.txt" 5) ; expect error: write-lines: expected a list of strings, got 5
