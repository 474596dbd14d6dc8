(format "~%" 1) ; expect error: format: expected 0 operands after this template, got 1
