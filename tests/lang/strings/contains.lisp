(println (list (string-contains "hello" "l") (string-contains "hello" "lo") (string-contains "hello" "h") (string-contains "hello" "x") (string-contains "hello" ""))) ; expect: (2 3 0 nil 0)
(println (list (string-contains "hello" "l" 3) (string-contains "hello" "l" 4) (string-contains "hello" "" 5) (string-contains "" ""))) ; expect: (3 nil 5 0)
(println (list (string-contains "aé€😀é" "é") (string-contains "aé€😀é" "é" 2) (string-contains "aé€😀é" "😀"))) ; expect: (1 4 3)
