(make-vector 100000000000000000000) ; expect error: make-vector: expected a length that fits memory, got 100000000000000000000
