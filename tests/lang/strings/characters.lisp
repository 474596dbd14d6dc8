(println (list (char->integer "a") (char->integer "é") (char->integer "😀") (char->integer "\0"))) ; expect: (97 233 128512 0)
(println (list (integer->char 97) (integer->char 8364) (integer->char 128512) (string-length (integer->char 0)) (char->integer (integer->char 1114111)))) ; expect: ("a" "€" "😀" 1 1114111)
(println (list (char->integer (integer->char 55295)) (char->integer (integer->char 57344)))) ; expect: (55295 57344)
