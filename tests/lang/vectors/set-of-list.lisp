(vector-set (list 1 "a") 0 "b") ; expect error: vector-set: expected a vector, got (1 "a")
