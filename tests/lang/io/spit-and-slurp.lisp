(println (spit "a.txt" "first\nsecond")) ; expect: nil
(println (list (slurp "a.txt"))) ; expect: ("first\nsecond")
(spit "a.txt" "")
(println (list (slurp "a.txt"))) ; expect: ("")
