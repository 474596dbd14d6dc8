(%hash-map 'a (list 1) 'b) ; expect error: %hash-map: expected an even number of arguments, got 3
