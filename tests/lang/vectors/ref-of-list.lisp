(vector-ref '(1 2) 0) ; expect error: vector-ref: expected a vector, got (1 2)
