(cons 1) ; expect error: cons: expected 2 arguments, got 1
