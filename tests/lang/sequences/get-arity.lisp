((lambda (f) (f <<1>>)) get) ; expect error: get: expected 2 to 3 arguments, got 1
