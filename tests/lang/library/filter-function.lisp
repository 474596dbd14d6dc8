(filter :a '(1)) ; expect error: filter: expected a function, got :a
