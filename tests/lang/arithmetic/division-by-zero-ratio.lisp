(/ 1/2 0) ; expect error: division by zero
