(println (list "two
lines")) ; expect: ("two\nlines")
