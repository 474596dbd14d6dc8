(reverse '(1 . 2)) ; expect error: reverse
