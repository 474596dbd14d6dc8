(vector-fold + 0) ; expect error: vector-fold: expected 3 arguments, got 2
