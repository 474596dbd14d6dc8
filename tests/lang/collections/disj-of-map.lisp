(%disj {:a 1} :a) ; expect error: %disj: expected a set, got {:a 1}
