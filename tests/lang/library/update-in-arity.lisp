(update-in {} '(:a)) ; expect error: update-in: expected at least 3 arguments, got 2
