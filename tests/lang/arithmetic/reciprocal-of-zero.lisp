(/ 0) ; expect error: division by zero
