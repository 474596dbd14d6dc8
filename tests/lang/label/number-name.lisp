(label 5 1) ; expect error: label
