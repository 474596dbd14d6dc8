(vector-sort '(1)) ; expect error: vector-sort: expected a vector, got (1)
