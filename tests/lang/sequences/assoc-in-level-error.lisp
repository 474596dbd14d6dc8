(assoc-in {:a 5} '(:a :b) (list 1)) ; expect error: assoc-in: expected a map or vector, got 5
