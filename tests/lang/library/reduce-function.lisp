(reduce "f" '(1)) ; expect error: reduce: expected a function, got "f"
