(%nth <<1>> -1) ; expect error: %nth: expected a non-negative integer, got -1
