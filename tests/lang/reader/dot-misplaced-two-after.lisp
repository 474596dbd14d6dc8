(println '(a . b c)) ; expect error: dot
