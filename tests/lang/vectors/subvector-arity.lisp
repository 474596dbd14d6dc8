((lambda (f) (f <<1>> 0)) subvector) ; expect error: subvector: expected 3 arguments, got 2
