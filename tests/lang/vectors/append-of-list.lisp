(vector-append (vector "a") '(1 2) <<3>>) ; expect error: vector-append: expected a vector, got (1 2)
