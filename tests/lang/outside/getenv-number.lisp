(getenv 5) ; expect error: getenv: expected a string, got 5
