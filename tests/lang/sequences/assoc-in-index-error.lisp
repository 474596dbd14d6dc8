(assoc-in <<1>> '(a) 1) ; expect error: assoc-in: expected an integer index, got a
