(assert nil "must be" 1 2) ; expect error: must be: 1 2
