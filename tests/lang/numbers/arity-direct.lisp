(expt 2) ; expect error: expt: expected 2 arguments, got 1
