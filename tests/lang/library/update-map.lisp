(update 5 :a -) ; expect error: update: expected a map or a vector, got 5
