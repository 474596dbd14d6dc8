(> "x") ; expect error: >: expected a number, got "x"
