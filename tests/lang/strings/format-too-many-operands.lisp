(format "~a" 1 2) ; expect error: format: expected 1 operand after this template, got 2
