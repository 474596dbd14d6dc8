(println (length nil) (length '(a (b c) d)) (length <<1 2>>) (length "über")) ; expect: 0 3 2 4
(length 7) ; expect error: length
