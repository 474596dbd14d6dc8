(println (write-lines "l4-lines.txt" '("one" "" "zwei ö"))) ; expect: nil
(println (read-lines "l4-lines.txt")) ; expect: ("one" "" "zwei ö")
(println (slurp "l4-lines.txt")) ; expect: one
; expect: 
; expect: zwei ö
; expect: 
(spit "l4-lines.txt" "a\n\nlast without end")
(println (read-lines "l4-lines.txt")) ; expect: ("a" "" "last without end")
(println (spit-append "l4-lines.txt" "!\n")) ; expect: nil
(spit-append "l4-lines.txt" "x")
(println (read-lines "l4-lines.txt")) ; expect: ("a" "" "last without end!" "x")
(spit "l4-lines.txt" "")
(println (read-lines "l4-lines.txt")) ; expect: nil
(spit-append "l4-new.txt" "fresh")
(println (slurp "l4-new.txt")) ; expect: fresh
(write-lines "l4-lines.txt" <<"v" "w">>)
(println (read-lines "l4-lines.txt")) ; expect: ("v" "w")
(write-lines "l4-lines.txt" nil)
(println (slurp "l4-lines.txt")) ; expect: 
(shell "rm -f l4-lines.txt l4-new.txt")
