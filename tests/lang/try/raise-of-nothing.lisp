(raise) ; expect error: raise: expected 1 argument, got 0
