(update-in {} <<>> -) ; expect error: update-in: expected a path with at least one key, got <<>>
