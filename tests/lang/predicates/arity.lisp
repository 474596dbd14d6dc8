(nil? 1 2) ; expect error: nil?: expected 1 argument, got 2
