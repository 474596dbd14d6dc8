((lambda (f) (f <<1>> 0)) vector-set) ; expect error: vector-set: expected 3 arguments, got 2
