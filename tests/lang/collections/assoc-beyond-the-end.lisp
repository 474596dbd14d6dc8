(%assoc <<1 2>> 5 0) ; expect error: %assoc: index 5 out of bounds for length 2
