(list->vector 5) ; expect error: list->vector: expected a proper list, got 5
