(error-place "x") ; expect error: error-place: expected an error, got "x"
