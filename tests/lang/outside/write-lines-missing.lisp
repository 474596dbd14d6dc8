(write-lines "/no/such/folder/file" '("a")) ; expect error: write-lines: cannot write "/no/such/folder/file": No such file or directory
