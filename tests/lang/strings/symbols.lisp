(println (list (eq (string->symbol "abc") 'abc) (symbol? (string->symbol "a b")) (keyword? (string->symbol ":k")) (eq (string->symbol ":k") :k))) ; expect: (t t t t)
(println (list (string->symbol "nil") (string->symbol "t") (symbol? (string->symbol "12")))) ; expect: (nil t t)
(println (list (symbol->string 'abc) (symbol->string :k) (symbol->string 'é) (symbol->string (string->symbol "")))) ; expect: ("abc" ":k" "é" "")
