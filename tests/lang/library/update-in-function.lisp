(update-in {} '(:a) 'f) ; expect error: update-in: expected a function, got f
