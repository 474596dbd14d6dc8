(map + '(1) 'a) ; expect error: map: expected a list or another sequence, got a
