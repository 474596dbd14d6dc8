(char->integer 'a) ; expect error: char->integer: expected a string of one character, got a
