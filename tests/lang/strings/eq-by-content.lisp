(println (eq "a\u{62}" "ab") (atom "text") (number? "12")) ; expect: t t nil
