(vector-set (vector 1 "a") 2 (list 1)) ; expect error: vector-set: index 2 out of bounds for length 2
