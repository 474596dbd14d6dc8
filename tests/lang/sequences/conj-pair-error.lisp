(conj {} 1) ; expect error: conj: expected a pair or a vector of key and value, got 1
