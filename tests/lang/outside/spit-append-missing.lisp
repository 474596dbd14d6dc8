(spit-append "/no/such/folder/file" "x") ; expect error: spit-append: cannot write "/no/such/folder/file": No such file or directory
