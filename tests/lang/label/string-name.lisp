(label "name" 1) ; expect error: label
