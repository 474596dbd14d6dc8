(map 5 nil) ; expect error: map: expected a function, got 5
