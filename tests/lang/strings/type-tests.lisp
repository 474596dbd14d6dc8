(println (list (string? "a") (string? "") (string? 'a) (string? nil) (string? 1))) ; expect: (t t nil nil nil)
(println (list (symbol? 'a) (symbol? :a) (symbol? nil) (symbol? t) (symbol? "a") (symbol? (gensym)))) ; expect: (t nil nil nil nil t)
(println (list (keyword? :a) (keyword? 'a) (keyword? ":a") (keyword? nil))) ; expect: (t nil nil nil)
