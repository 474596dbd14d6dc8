(%keys nil) ; expect error: %keys: expected a map, got nil
