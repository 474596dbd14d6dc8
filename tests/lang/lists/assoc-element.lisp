(assoc 'a (list '(b . 1) 5)) ; expect error: assoc: expected a pair as element, got 5
