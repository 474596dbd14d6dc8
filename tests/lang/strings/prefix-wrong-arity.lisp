(string-prefix? "1") ; expect error: string-prefix?: expected 2 arguments, got 1
