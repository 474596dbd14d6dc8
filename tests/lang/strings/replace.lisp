(println (list (string-replace "a-b-c" "-" "+") (string-replace "aaa" "aa" "b") (string-replace "abc" "x" "y") (string-replace "abc" "b" ""))) ; expect: ("a+b+c" "ba" "abc" "ac")
(println (list (string-replace "aéa" "a" "€€") (string-length (string-replace "aéa" "a" "€€")) (string-replace "" "a" "b") (string-replace "ab" "ab" ""))) ; expect: ("€€é€€" 5 "" "")
