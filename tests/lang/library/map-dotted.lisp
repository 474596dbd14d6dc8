(map car '((1) . 2)) ; expect error: map: expected a list or another sequence, got ((1) . 2)
