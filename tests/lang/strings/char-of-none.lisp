(char->integer "") ; expect error: char->integer: expected a string of one character, got ""
