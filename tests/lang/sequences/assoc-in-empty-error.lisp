(assoc-in {} nil (list 1)) ; expect error: assoc-in: expected a path with at least one key, got nil
