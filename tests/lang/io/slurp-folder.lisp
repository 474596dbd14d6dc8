(slurp "/") ; expect error: slurp: cannot read "/": Is a directory
