(string<? 'a) ; expect error: string<?: expected a string, got a
