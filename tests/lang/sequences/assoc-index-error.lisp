(assoc <<1>> 5 0) ; expect error: assoc: index 5 out of bounds for length 1
