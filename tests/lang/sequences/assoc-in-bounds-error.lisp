(assoc-in {:a <<1>>} '(:a 3) (list 1)) ; expect error: assoc-in: index 3 out of bounds for length 1
