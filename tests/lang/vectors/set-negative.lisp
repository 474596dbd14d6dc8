(vector-set <<1 2>> -1 0) ; expect error: vector-set: index -1 out of bounds for length 2
