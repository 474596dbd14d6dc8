(make-vector 2.0) ; expect error: make-vector: expected a non-negative integer, got 2.0
