(println ``(a ,(b ,(+ 1 2)))) ; expect: (quasiquote (a (unquote (b 3))))
(println `(1 `(2 ,(3 ,(+ 1 3))))) ; expect: (1 (quasiquote (2 (unquote (3 4)))))
(println ``(p ,,(+ 2 3))) ; expect: (quasiquote (p (unquote 5)))
