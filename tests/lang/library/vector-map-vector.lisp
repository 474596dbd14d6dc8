(vector-map - '(1)) ; expect error: vector-map: expected a vector, got (1)
