(println (list (string-split "a,b,,c" ",") (string-split "" ",") (string-split "," ",") (string-split "abc" ",") (string-split "abc" "abc"))) ; expect: (("a" "b" "" "c") ("") ("" "") ("abc") ("" ""))
(println (list (string-split "aéxéb" "é") (string-split "a--b---c" "--") (string-split "aaa" "aa"))) ; expect: (("a" "x" "b") ("a" "b" "-c") ("" "a"))
