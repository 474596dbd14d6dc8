(assoc 'z '((a . 1) . 5)) ; expect error: assoc: expected a list of pairs, got ((a . 1) . 5)
