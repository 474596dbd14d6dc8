(println (list (string->list "aé😀") (string->list "") (string->list "ab"))) ; expect: (("a" "é" "😀") nil ("a" "b"))
