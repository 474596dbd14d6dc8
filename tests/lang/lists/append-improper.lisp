(append '(1 . 2) '(3)) ; expect error: append
