(write-lines "never.txt" '("a" 5)) ; expect error: write-lines: expected a string, got 5
