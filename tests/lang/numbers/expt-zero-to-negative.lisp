(expt 0 -1) ; expect error: expt: division by zero
