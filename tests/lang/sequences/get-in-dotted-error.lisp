(get-in {} '(1 . 2)) ; expect error: get-in: expected a list or vector as path, got (1 . 2)
