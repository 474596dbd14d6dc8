(count '(1 . 2)) ; expect error: count: expected a proper list, got (1 . 2)
