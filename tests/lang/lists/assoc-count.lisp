(assoc {} :a 1 :b) ; expect error: assoc: expected a collection and pairs of key and value, got 4 arguments
