(vector-length '(1 2)) ; expect error: vector-length: expected a vector
