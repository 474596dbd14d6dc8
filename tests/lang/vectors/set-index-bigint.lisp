(vector-set <<1 2>> 100000000000000000000 0) ; expect error: vector-set: index 100000000000000000000 out of bounds for length 2
