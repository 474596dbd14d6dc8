(vector-set <<1 2>> 0.0 0) ; expect error: vector-set: expected an integer index, got 0.0
