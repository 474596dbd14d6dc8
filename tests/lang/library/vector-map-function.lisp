(vector-map 1 <<>>) ; expect error: vector-map: expected a function, got 1
