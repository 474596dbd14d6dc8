(vector->list '(1 2)) ; expect error: vector->list: expected a vector, got (1 2)
