(sort nil < <) ; expect error: sort: expected 1 to 2 arguments, got 3
