(string>?) ; expect error: string>?: expected at least 1 argument, got 0
