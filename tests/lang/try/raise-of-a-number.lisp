(raise 5) ; expect error: raise: expected an error, got 5
