(assoc 5 :a (list 1)) ; expect error: assoc: expected a map or vector, got 5
