(map car) ; expect error: map: expected at least 2 arguments, got 1
