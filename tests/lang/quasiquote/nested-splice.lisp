(println ``(a ,@(b ,(+ 1 2)))) ; expect: (quasiquote (a (unquote-splicing (b 3))))
