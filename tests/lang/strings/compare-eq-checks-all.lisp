(string=? "b" "a" "c" 5) ; expect error: string=?: expected a string, got 5
