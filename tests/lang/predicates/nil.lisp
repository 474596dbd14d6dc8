(println (nil? nil) (nil? '()) (nil? 0) (nil? "") (nil? '(nil)) (nil? (cdr '(1))) (nil? (< 2 1))) ; expect: t t nil nil nil t t
