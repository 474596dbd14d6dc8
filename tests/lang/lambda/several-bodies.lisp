(println ((lambda (x) (println "side") x) 8)) ; expect: side
; expect: 8
