(write-lines "never.txt" '("a" . "b")) ; expect error: write-lines: expected a proper list, got ("a" . "b")
