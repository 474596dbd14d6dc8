(update <<1>> 2 -) ; expect error: update: index 2 out of bounds for length 1
