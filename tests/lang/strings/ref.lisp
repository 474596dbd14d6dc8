(println (list (string-ref "abc" 0) (string-ref "abc" 2) (string-ref "aé€😀z" 1) (string-ref "aé€😀z" 3) (string-ref "aé€😀z" 4))) ; expect: ("a" "c" "é" "😀" "z")
