(println (list (string-join <<"a" "b">> "-") (string-join "aé€" "-") (string-join #{"x"} "-") (string-join <<>>) (string-join "") (string-join {}))) ; expect: ("a-b" "a-é-€" "x" "" "" "")
