(format "~a ~a" 1) ; expect error: format: expected 2 operands after this template, got 1
