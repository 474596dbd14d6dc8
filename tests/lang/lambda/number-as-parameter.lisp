(lambda (1) 1) ; expect error: symbol
