(make-vector -1 0) ; expect error: make-vector: expected a non-negative integer, got -1
