(error-data 1.5) ; expect error: error-data: expected an error, got 1.5
