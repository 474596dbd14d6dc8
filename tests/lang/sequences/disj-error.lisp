(disj {} 0) ; expect error: disj: expected a set, got {}
