(println (car 5)) ; expect error: car: expected a cons, got 5
