(update-in {} :a -) ; expect error: update-in: expected a list or vector as path, got :a
