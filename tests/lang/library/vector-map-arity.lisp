(vector-map -) ; expect error: vector-map: expected at least 2 arguments, got 1
