(read-lines "a\0b") ; expect error: read-lines: the path "a
