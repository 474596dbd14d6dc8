(quotient 1 0) ; expect error: quotient: division by zero
