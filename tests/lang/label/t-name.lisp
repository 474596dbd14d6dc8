(label t 1) ; expect error: label
