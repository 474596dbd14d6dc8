(update <<1>> :a -) ; expect error: update: expected an integer index, got :a
