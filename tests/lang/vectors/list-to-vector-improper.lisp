(list->vector '(1 2 . 3)) ; expect error: list->vector: expected a proper list, got (1 2 . 3)
