(read-lines "/") ; expect error: read-lines: cannot read "/": Is a directory
