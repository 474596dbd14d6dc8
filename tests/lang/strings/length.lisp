(println (list (string-length "") (string-length "abc") (string-length "é€😀") (string-length "a\0b"))) ; expect: (0 3 3 3)
