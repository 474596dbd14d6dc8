(eq 1) ; expect error: eq: expected 2 arguments, got 1
