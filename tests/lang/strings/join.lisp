(println (string-join '("a" "b" "c")) (string-join '("a" "b" "c") ", ") (list (string-join nil "x"))) ; expect: abc a, b, c ("")
(string-join '("a" b)) ; expect error: string-join: expected a string, got b
