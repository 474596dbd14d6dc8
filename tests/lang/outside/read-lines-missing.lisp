(read-lines "/no/such/folder/file") ; expect error: read-lines: cannot read "/no/such/folder/file": No such file or directory
