((lambda (f) (f 1)) member) ; expect error: member: expected 2 arguments, got 1
