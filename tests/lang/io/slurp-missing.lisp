(slurp "does/not/exist.txt") ; expect error: slurp: cannot read "does/not/exist.txt": No such file
