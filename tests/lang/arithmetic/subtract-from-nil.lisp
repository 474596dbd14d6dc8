(- nil 1) ; expect error: -: expected a number, got nil
