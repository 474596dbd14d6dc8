(string-prefix? "1" 12) ; expect error: string-prefix?: expected a string, got 12
