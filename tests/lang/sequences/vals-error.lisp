(vals #{1}) ; expect error: vals: expected a map, got #{1}
