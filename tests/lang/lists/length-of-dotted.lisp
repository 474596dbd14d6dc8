(length '(1 2 . 3)) ; expect error: length
