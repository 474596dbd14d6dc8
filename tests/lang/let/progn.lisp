(println (progn) (progn 1) (progn (println "p") 'q)) ; expect: p
; expect: nil 1 q
