(/ 1 t) ; expect error: /: expected a number, got t
