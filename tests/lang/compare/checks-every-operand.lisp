(println (< 3 1 'a)) ; expect error: <: expected a number, got a
