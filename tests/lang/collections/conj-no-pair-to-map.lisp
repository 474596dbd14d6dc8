(%conj {:a 1} <<:b>>) ; expect error: %conj: expected a pair or a vector of key and value, got <<:b>>
