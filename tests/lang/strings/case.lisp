(println (list (string-upcase "Hello, World 1") (string-downcase "Hello, World 1") (string-upcase "") (string-downcase "abc"))) ; expect: ("HELLO, WORLD 1" "hello, world 1" "" "abc")
(println (list (string-upcase "straße ﬁn ǆ ÿ") (string-downcase "ÀÉÎ ẞ Ǆ Ÿ") (string-upcase "привет") (string-downcase "𐐀"))) ; expect: ("STRASSE FIN Ǆ Ÿ" "àéî ß ǆ ÿ" "ПРИВЕТ" "𐐨")
(println (list (string-downcase "İI") (string-upcase "ıi") (string-length (string-downcase "İ")) (string=? (string-upcase "\u{390}") "\u{399}\u{308}\u{301}"))) ; expect: ("i̇i" "II" 2 t)
