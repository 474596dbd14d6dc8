(string-suffix? "1") ; expect error: string-suffix?: expected 2 arguments, got 1
