(println (list (string-trim "  a b\t\n") (string-trim "") (string-trim " \r\n ") (string-trim "ab"))) ; expect: ("a b" "" "" "ab")
(println (list (string-trim "\u{a0}\u{2003}é\u{3000}\u{85}") (string-trim "\u{200b}a"))) ; expect: ("é" "​a")
