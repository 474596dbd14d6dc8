(map car 5) ; expect error: map: expected a list or another sequence, got 5
