(lambda (nil) 1) ; expect error: symbol
