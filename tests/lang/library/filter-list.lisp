(filter number? 'x) ; expect error: filter: expected a list or another sequence, got x
