('(1 2) 0) ; expect error: cannot apply (1 2)
