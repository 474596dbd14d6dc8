(count 5) ; expect error: count: expected a collection, got 5
