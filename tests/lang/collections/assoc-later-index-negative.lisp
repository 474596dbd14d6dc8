(%assoc (vector 1 "b") 0 "x" -1 "y") ; expect error: %assoc: index -1 out of bounds for length 2
