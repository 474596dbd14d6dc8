(vector-fold + 0 '(1)) ; expect error: vector-fold: expected a vector, got (1)
