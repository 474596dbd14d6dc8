(println (not nil) (not t) (not 0) (not '()) (not '(nil)) (not (not 'x))) ; expect: t nil nil t nil t
