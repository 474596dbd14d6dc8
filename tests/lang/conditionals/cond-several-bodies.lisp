(println (cond (t (println "one") (println "two") 'end))) ; expect: one
; expect: two
; expect: end
