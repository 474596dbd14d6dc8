(println (format "a~%b~a" 1))
; expect: a
; expect: b1
