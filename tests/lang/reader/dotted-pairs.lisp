(println '(a . b) '(a b . c)) ; expect: (a . b) (a b . c)
(println '(a . (b . (c . nil)))) ; expect: (a b c)
(println '(a . (b c))) ; expect: (a b c)
