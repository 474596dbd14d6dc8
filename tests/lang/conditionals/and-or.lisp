(println (and) (and 1 2 3) (and 1 nil 3) (or) (or nil 2) (or nil nil)) ; expect: t 3 nil nil 2 nil
(and nil (println "not printed"))
(or 1 (println "not printed"))
