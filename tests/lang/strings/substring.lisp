(println (list (substring "hello" 1 3) (substring "hello" 2) (substring "hello" 0 5) (substring "hello" 5) (substring "hello" 2 2))) ; expect: ("el" "llo" "hello" "" "")
(println (list (substring "aé€😀z" 1 4) (substring "aé€😀z" 2) (substring "aé€😀z" 0 1) (substring "" 0 0))) ; expect: ("é€😀" "€😀z" "a" "")
