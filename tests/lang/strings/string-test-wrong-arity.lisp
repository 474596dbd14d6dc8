(string? 1 2) ; expect error: string?: expected 1 argument, got 2
