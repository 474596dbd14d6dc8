(println ''a) ; expect: (quote a)
(println '('a `b ,c ,@d)) ; expect: ((quote a) (quasiquote b) (unquote c) (unquote-splicing d))
(println '    spaced) ; expect: spaced
