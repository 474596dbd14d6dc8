(println "before") ; expect: before
(error "cannot go on" 1 "two" '(3 . 4)) ; expect error: cannot go on: 1 "two" (3 . 4)
