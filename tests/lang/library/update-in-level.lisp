(update-in {:a 1} '(:a :b) -) ; expect error: update-in: expected a map or a vector, got 1
