(vector-sort <<>> < 1) ; expect error: vector-sort: expected 1 to 2 arguments, got 3
