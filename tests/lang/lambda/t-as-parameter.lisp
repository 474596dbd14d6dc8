(lambda (a t) 1) ; expect error: symbol
