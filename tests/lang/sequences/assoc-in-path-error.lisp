(assoc-in {} 5 (list 1)) ; expect error: assoc-in: expected a list or vector as path, got 5
