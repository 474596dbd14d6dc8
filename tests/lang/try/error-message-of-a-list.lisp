(error-message '(1)) ; expect error: error-message: expected an error, got (1)
