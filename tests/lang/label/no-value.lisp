(label lonely) ; expect error: label
