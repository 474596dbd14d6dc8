(vector-fold 0 0 <<>>) ; expect error: vector-fold: expected a function, got 0
