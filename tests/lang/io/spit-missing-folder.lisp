(spit "no/such/folder/x" "a") ; expect error: spit: cannot write "no/such/folder/x": No such file
