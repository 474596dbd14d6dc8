(5 6) ; expect error: cannot apply 5
