(%nth <<1>> 1.0) ; expect error: %nth: expected a non-negative integer, got 1.0
