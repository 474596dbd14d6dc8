(* "3" 3) ; expect error: *: expected a number, got "3"
