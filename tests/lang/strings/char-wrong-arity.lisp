(char->integer) ; expect error: char->integer: expected 1 argument, got 0
