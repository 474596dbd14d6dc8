(get-in {} 5) ; expect error: get-in: expected a list or vector as path, got 5
