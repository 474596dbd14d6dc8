(filter number?) ; expect error: filter: expected 2 arguments, got 1
