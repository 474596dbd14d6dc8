(println (list (string-prefix? "he" "hello") (string-prefix? "" "a") (string-prefix? "hello!" "hello") (string-prefix? "é" "éa") (string-prefix? "lo" "hello"))) ; expect: (t t nil t nil)
(println (list (string-suffix? "lo" "hello") (string-suffix? "" "") (string-suffix? "!hello" "hello") (string-suffix? "é" "aé") (string-suffix? "he" "hello"))) ; expect: (t t nil t nil)
