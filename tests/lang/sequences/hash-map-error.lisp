(hash-map 1 2 3) ; expect error: hash-map: expected an even number of arguments, got 3
