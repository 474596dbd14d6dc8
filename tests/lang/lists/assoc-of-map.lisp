(assoc 'a {'a 1}) ; expect error: assoc: expected a list of pairs, got {a 1}
