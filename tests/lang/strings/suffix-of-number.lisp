(string-suffix? "2" 12) ; expect error: string-suffix?: expected a string, got 12
