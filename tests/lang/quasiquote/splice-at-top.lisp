`,@(list 1) ; expect error: splic
