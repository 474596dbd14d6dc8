(car nil) ; expect error: car: expected a cons, got nil
