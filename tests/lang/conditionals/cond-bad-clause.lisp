(cond 5) ; expect error: cond
