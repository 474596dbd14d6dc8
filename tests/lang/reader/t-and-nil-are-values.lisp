(println (eq 't t) (eq 'nil nil) (atom 't)) ; expect: t t t
(println '(t nil)) ; expect: (t nil)
