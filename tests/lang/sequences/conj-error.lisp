(conj 5 1) ; expect error: conj: expected a collection, got 5
