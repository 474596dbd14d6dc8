(println (list (format "") (format "plain é") (format "~~ ~a ~s" "x" "x") (format "~a ~s" '(1 "b") '(1 "b")))) ; expect: ("" "plain é" "~ x \"x\"" "(1 \"b\") (1 \"b\")")
(println (list (format "~d ~x ~b ~o" 10 255 -5 8) (format "~x ~d" -18446744073709551616 18446744073709551616) (format "~a~a~a" nil t 'a))) ; expect: ("10 ff -101 10" "-10000000000000000 18446744073709551616" "nilta")
