(update {} :a 1) ; expect error: update: expected a function, got 1
