(map + '(1) '(2) t) ; expect error: map: expected a list or another sequence, got t
