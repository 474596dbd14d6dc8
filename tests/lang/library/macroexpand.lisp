(defmacro all xs (cons 'list (map (lambda (x) (list 'quote x)) xs)))
(println (macroexpand '(all a b))) ; expect: (list (quote a) (quote b))
(println (all a b)) ; expect: (a b)
