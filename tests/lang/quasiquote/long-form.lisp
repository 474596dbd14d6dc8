(println (quasiquote (m (unquote (+ 4 4)) (unquote-splicing (list 9))))) ; expect: (m 8 9)
