((car (list 3)) (println "operand runs first")) ; expect error: cannot apply 3
; expect: operand runs first
