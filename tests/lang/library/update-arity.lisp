(update {} :a) ; expect error: update: expected at least 3 arguments, got 2
